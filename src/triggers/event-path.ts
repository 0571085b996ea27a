import { attempt } from '../support/attempt.ts'

/**
 * The nodes that an event passes, from its target outwards, as they were when it was dispatched. Where `composedPath` is missing,
 * as in a page that is only imitated, those that contain the target now.
 */
export function pathOf(event: Event): readonly EventTarget[] {
  return attempt(() => event.composedPath()) ?? ancestorsOf(event.target as Partial<Node> | null)
}

function ancestorsOf(node: Partial<Node> | null | undefined): readonly EventTarget[] {
  return node ? [node as EventTarget, ...ancestorsOf(node.parentNode)] : []
}

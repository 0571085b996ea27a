import { attempt } from '../support/attempt.ts'

/**
 * Returns the nodes that an event passes, from its target outwards, as they were when it was dispatched. Where
 * `composedPath` is missing, as in simulated DOMs, it returns the current ancestors of the target.
 */
export function pathOf(event: Event): readonly EventTarget[] {
  return attempt(() => event.composedPath()) ?? ancestorsOf(event.target as Partial<Node> | null)
}

function ancestorsOf(node: Partial<Node> | null | undefined): readonly EventTarget[] {
  return node ? [node as EventTarget, ...ancestorsOf(node.parentNode)] : []
}

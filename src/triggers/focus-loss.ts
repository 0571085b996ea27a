import { attempt } from '../support/attempt.ts'
import { ask, own } from '../support/unclobbered.ts'
import { contained } from './contained.ts'

export interface FocusWatch {
  readonly field: Element
  /** Looks now: what was removed in this task is known only after it. */
  readonly look: () => void
  readonly stop: () => void
}

/**
 * Calls `onLoss`, once, when a field that has the focus loses it because it was removed or moved, alone or with what it is in:
 * only Chromium fires `focusout` then. A field that is hidden is found by `look`: not all browsers take its focus.
 */
export function watchFocus(field: Element, onLoss: () => void): FocusWatch {
  const follow = () => {
    for (let node = parentOf(field); node; node = parentOf(node)) observer?.observe(node, { childList: true })
  }
  const look = () => {
    // `moveBefore` keeps the focus, below other parents.
    if (hasFocus(field)) return follow()
    stop()
    onLoss()
  }
  const observer = attempt(() => new MutationObserver(contained(look)))
  const stop = () => observer?.disconnect()
  follow()
  return { field, look, stop }
}

export function hasFocus(field: Element): boolean {
  const { activeElement } = ask(field, 'getRootNode') as Document | ShadowRoot
  return activeElement === field && own(field, 'checkVisibility')?.call(field) !== false
}

function parentOf(node: Node): Node | null {
  return own(node, 'parentNode') ?? (node as Partial<ShadowRoot>).host ?? null
}

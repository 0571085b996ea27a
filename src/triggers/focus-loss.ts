import { attempt } from '../support/attempt.ts'
import { hostOf } from '../support/host-of.ts'
import { ask, own } from '../support/unclobbered.ts'
import { contained } from './contained.ts'

export interface FocusWatch {
  readonly field: Element
  /** Checks the focus now, because an observer reports a removal only after the current task. */
  readonly look: () => void
  readonly stop: () => void
}

/**
 * Calls `onLoss` once, when a focused field loses focus because it, or an element around it, was removed or moved: only
 * Chromium fires `focusout` then. Call `look` to detect a field that was hidden, because not all browsers remove its
 * focus.
 */
export function watchFocus(field: Element, onLoss: () => void): FocusWatch {
  const follow = () => {
    for (let node = parentOf(field); node; node = parentOf(node)) observer?.observe(node, { childList: true })
  }
  const look = () => {
    // `moveBefore` keeps the focus, but under different parents.
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
  return own(node, 'parentNode') ?? hostOf(node) ?? null
}

import type { MouseEvent } from 'react'
import { attempt } from '../support/attempt.ts'

/** Yours first; ours also when yours breaks: the visitor has clicked. */
export function callThen<E extends MouseEvent>(
  handler: ((event: E) => void) | undefined,
  report: (event: E) => void,
) {
  return (event: E): void => {
    try {
      handler?.(event)
    } finally {
      if (!isElsewhere(event)) report(event)
    }
  }
}

/** React also hands up the clicks in portals, such as of a dialog that a link opens. A `render`ed element may give any event. */
function isElsewhere(event: MouseEvent | undefined): boolean {
  const target = event?.target as Node | undefined
  return target !== undefined && attempt(() => event?.currentTarget.contains(target)) === false
}

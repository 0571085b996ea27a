/** Yours first; ours also when yours breaks: the visitor has clicked. */
export function callThen<E>(handler: ((event: E) => void) | undefined, report: (event: E) => void) {
  return (event: E): void => {
    try {
      handler?.(event)
    } finally {
      report(event)
    }
  }
}

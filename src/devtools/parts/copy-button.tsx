import { type MouseEvent, type ReactNode, useEffect, useState } from 'react'

/** Says in its own label what came of it. */
export function CopyButton({
  text,
  children,
}: {
  readonly text: () => string
  readonly children: ReactNode
}) {
  const [result, setResult] = useState<string>()

  useEffect(() => {
    if (!result) return undefined
    const timer = setTimeout(() => setResult(undefined), 2000)
    return () => clearTimeout(timer)
  }, [result])

  async function copy({ currentTarget }: MouseEvent) {
    // Of its own window: the page is not allowed to write while a window of the overlay has the focus.
    const { navigator } = currentTarget.ownerDocument.defaultView ?? window
    try {
      await navigator.clipboard.writeText(text())
      setResult('Copied')
    } catch {
      setResult('Not allowed') // an insecure origin, or a permission that was refused
    }
  }

  return (
    <button type="button" className="plain copy" onClick={copy}>
      <span aria-live="polite">{result ?? children}</span>
    </button>
  )
}

import { type MouseEvent, type ReactNode, useEffect, useState } from 'react'

interface CopyButtonProps {
  readonly text: () => string
  readonly title?: string | undefined
  readonly children: ReactNode
}

/** Copies a text by the clipboard of the element's window: a page cannot write while another window has the focus. */
export async function copyText(text: () => string, element: Element): Promise<'Copied' | 'Not allowed'> {
  const { navigator } = element.ownerDocument.defaultView ?? window
  try {
    await navigator.clipboard.writeText(text())
    return 'Copied'
  } catch {
    return 'Not allowed' // insecure origin, or permission denied
  }
}

/** Button that copies a text and shows the result in its label. */
export function CopyButton({ text, title, children }: CopyButtonProps) {
  const [result, setResult] = useState<string>()

  useEffect(() => {
    if (!result) return undefined
    const timer = setTimeout(() => setResult(undefined), 2000)
    return () => clearTimeout(timer)
  }, [result])

  async function copy({ currentTarget }: MouseEvent) {
    setResult(await copyText(text, currentTarget))
  }

  return (
    <button type="button" className="plain copy" title={title} onClick={copy}>
      <span aria-live="polite">{result ?? children}</span>
    </button>
  )
}

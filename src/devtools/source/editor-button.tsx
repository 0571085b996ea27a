import { useMemo, useState } from 'react'
import { attempt } from '../../support/attempt.ts'
import { useOverlay } from '../overlay-state.ts'
import { editorUrlFor } from './editor-url.ts'
import type { CodePlace } from './place.ts'

interface EditorButtonProps {
  readonly place: CodePlace
  /** URL from which the browser loaded the code. */
  readonly url: string
}

/**
 * Button that asks the development server to open the file. Renders a link if the target has another origin, such as a
 * `vscode:` URL.
 */
export function EditorButton({ place, url }: EditorButtonProps) {
  const { editorUrl } = useOverlay()
  const [result, setResult] = useState('')
  const target = useMemo(() => {
    try {
      return editorUrl()?.(place) ?? editorUrlFor(place, url)
    } catch (error) {
      console.error(error)
      return editorUrlFor(place, url)
    }
  }, [editorUrl, place, url])

  if (attempt(() => new URL(target, location.href).origin) !== location.origin)
    return (
      <a className="plain boxed" href={target} target="_blank" rel="noreferrer">
        Open in editor
      </a>
    )

  async function open() {
    setResult(await ask(target))
  }

  return (
    <>
      <button type="button" className="plain boxed" onClick={open}>
        Open in editor
      </button>
      <span className="muted" role="status">
        {result}
      </span>
    </>
  )
}

async function ask(url: string): Promise<string> {
  try {
    const answer = await fetch(url)
    // A server that does not know the endpoint may respond with the page of the application.
    if (answer.ok && !answer.headers.get('content-type')?.includes('html')) return 'The server was asked.'
  } catch {} // no server responds
  return 'The server opens no editor: give `editorUrl`.'
}

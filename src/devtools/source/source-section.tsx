import { useEffect, useMemo, useState } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import { Facts, Section } from '../parts/section.tsx'
import { EditorButton } from './editor-button.tsx'
import type { CodePlace } from './place.ts'
import { type Frame, fileOf } from './read-stack.ts'
import { type Stacks, sourceOf } from './source-of.ts'
import { writtenPlace } from './written-place.ts'

interface SourceSectionProps {
  readonly decision: Decision
  readonly stacks: Stacks
}

/** Shows where in the application's code an attempt came from. */
export function SourceSection({ decision, stacks }: SourceSectionProps) {
  const { event, number } = decision
  const { component } = decision.trigger
  const { call, rendering } = stacks
  // Depends on the two traces, because `stacks` is a new object on each render.
  const { path, frame } = useMemo(
    () => sourceOf({ call, rendering }, component),
    [call, rendering, component],
  )
  const found = useFound(frame)
  const file = frame && fileOf(frame.url)

  function print() {
    const lines = [call, rendering?.hook, rendering?.owners].filter(Boolean)
    const error = new Error(`${event}, attempt ${number}`)
    // Logs an error, because browsers map its frames to the original files.
    error.stack = `${error}\n${lines.map((stack) => stack?.replace(/^Error.*\n/, '')).join('\n')}`
    console.info(error)
  }

  return (
    <Section title="In the code">
      <Facts
        facts={[
          ['Rendered by', path.join(' › ')],
          [
            component === 'track' ? 'Called at' : 'Written at',
            found ? `${found.place.file}:${found.place.line}` : file,
            'code',
          ],
        ]}
      />
      {found?.written === false && (
        <p className="muted">The line is that of the file as it was served: no source map is at hand.</p>
      )}
      <div className="actions">
        {found && <EditorButton place={found.place} url={found.frame.url} />}
        <button type="button" className="plain boxed" onClick={print}>
          Print in the console
        </button>
      </div>
    </Section>
  )
}

interface Found {
  readonly frame: Frame
  readonly place: CodePlace
  /** True for the original file, false for the served one. */
  readonly written: boolean
}

/** Returns the source location of a frame; undefined while it loads. */
function useFound(frame: Frame | undefined): Found | undefined {
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    if (!frame) return undefined
    const { url, line, column } = frame
    let wanted = true
    writtenPlace(frame)
      .catch(() => undefined) // file no longer on the server, or invalid source map
      .then((place) => {
        const served = { file: fileOf(url), line, column }
        if (wanted) setFound({ frame, place: place ?? served, written: place !== undefined })
      })
    return () => {
      wanted = false
    }
  }, [frame])
  return found?.frame === frame ? found : undefined
}

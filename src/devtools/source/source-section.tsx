import { useEffect, useMemo, useState } from 'react'
import type { Decision } from '../../engine/types.ts'
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

/** Where in the code of the application an attempt came from. */
export function SourceSection({ decision, stacks }: SourceSectionProps) {
  const { trigger, event, number } = decision
  const { path, frame } = useMemo(() => sourceOf(stacks, trigger), [stacks, trigger])
  const written = useWritten(frame)

  function print() {
    const { call, rendering } = stacks
    const lines = [call, rendering?.hook, rendering?.owners].filter(Boolean)
    const error = new Error(`${event}, attempt ${number}`)
    // As an error, because browsers link those to the files as they were written.
    error.stack = `${error}\n${lines.map((stack) => stack?.replace(/^Error.*\n/, '')).join('\n')}`
    console.info(error)
  }

  return (
    <Section title="In the code">
      <Facts
        facts={[
          ['Rendered by', path.join(' › ')],
          [
            trigger.component === 'track' ? 'Called at' : 'Written at',
            frame && inWords(frame, written),
            'code',
          ],
        ]}
      />
      {written === 'none' && (
        <p className="muted">The line is that of the file as it was served: it came without a source map.</p>
      )}
      <div className="actions">
        {frame && written !== undefined && (
          <EditorButton place={written === 'none' ? servedPlace(frame) : written} url={frame.url} />
        )}
        <button type="button" className="plain boxed" onClick={print}>
          Print in the console
        </button>
      </div>
    </Section>
  )
}

const servedPlace = ({ url, line, column }: Frame): CodePlace => ({ file: fileOf(url), line, column })

function inWords(frame: Frame, written: CodePlace | 'none' | undefined): string {
  if (written === undefined) return fileOf(frame.url)
  const { file, line } = written === 'none' ? servedPlace(frame) : written
  return `${file}:${line}`
}

/** Undefined while it is looked for. */
function useWritten(frame: Frame | undefined): CodePlace | 'none' | undefined {
  const [found, setFound] = useState<{ readonly of: Frame; readonly place: CodePlace | 'none' }>()
  useEffect(() => {
    if (!frame) return undefined
    let wanted = true
    writtenPlace(frame)
      .catch(() => undefined) // gone from the server, or a map that is none
      .then((place) => wanted && setFound({ of: frame, place: place ?? 'none' }))
    return () => {
      wanted = false
    }
  }, [frame])
  return found?.of === frame ? found?.place : undefined
}

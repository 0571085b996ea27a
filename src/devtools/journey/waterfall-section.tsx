import { useMemo } from 'react'
import { duration } from '../../support/duration-in-words.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { Section } from '../parts/section.tsx'
import { clockTime, plural } from '../parts/time-words.ts'
import { verdictWords } from '../parts/verdict.ts'
import { type PageWaterfall, waterfallOf } from './waterfall.ts'

/** Shows the attempts of each page on a time axis, with the time until the last destination answered. */
export function WaterfallSection() {
  const { decisions } = useRecord('summary')
  const pages = useMemo(() => waterfallOf(decisions), [decisions])
  if (pages.length === 0) return null
  return (
    <Section title="Page by page">
      {pages.map((page, index) => (
        <details key={page.key} className="waterfall" open={index === 0}>
          <summary>
            <span className="name">{page.path}</span>{' '}
            <span className="muted">
              {clockTime(page.since)}, {plural(page.attempts, 'attempt')} in {duration(page.spanMs)}
            </span>
          </summary>
          <Bars page={page} />
        </details>
      ))}
    </Section>
  )
}

function Bars({ page: { bars, spanMs } }: { readonly page: PageWaterfall }) {
  const { showAttempt } = useOverlay()
  const percent = (ms: number) => `${(100 * ms) / spanMs}%`
  return (
    <ol className="bars">
      {bars.map(({ number, event, verdict, startMs, endMs }) => (
        <li key={number}>
          <button type="button" className="name link" onClick={() => showAttempt(number)}>
            {event}
            <span className="unseen">, attempt {number}</span>
          </button>
          <span className="axis" aria-hidden="true">
            <span
              className="bar-of-attempt"
              data-verdict={verdict}
              style={{ insetInlineStart: percent(startMs), inlineSize: percent(endMs - startMs) }}
            />
          </span>
          <span className="muted">
            {verdictWords[verdict]}, +{duration(startMs)}
          </span>
        </li>
      ))}
    </ol>
  )
}

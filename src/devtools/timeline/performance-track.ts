import { type Verdict, verdictOf } from '../parts/verdict.ts'
import { outcomeWords, reasonInWords } from '../parts/words.ts'
import type { SampledRecord } from '../sampled-record.ts'

/**
 * Chrome's extension of `console.timeStamp`: https://developer.chrome.com/docs/devtools/performance/extension. Other
 * browsers read only the label.
 */
type TimeStamp = (
  label: string,
  start: number,
  end: number,
  track: string,
  group: string,
  colour: string,
) => void

const colours: Readonly<Record<Verdict, string>> = {
  fired: 'primary',
  undelivered: 'primary',
  held: 'secondary',
  dropped: 'tertiary-light',
  mistake: 'error',
  shadowed: 'tertiary-light',
}

/**
 * Adds each decision after attempt `told` to a track of the browser's Performance panel, at the time of the attempt.
 * Returns a function that stops it.
 */
export function traceDecisions(record: SampledRecord, told: number): () => void {
  const timeStamp = console.timeStamp?.bind(console) as TimeStamp | undefined
  let last = told
  const tell = () => {
    const { decisions } = record.get()
    const fresh = decisions.slice(decisions.findLastIndex(({ number }) => number <= last) + 1)
    for (const decision of fresh) {
      const at = decision.time - performance.timeOrigin
      const verdict = outcomeWords[decision.outcome].toLowerCase()
      const why = decision.outcome === 'fired' ? '' : `, ${reasonInWords(decision)}`
      timeStamp?.(
        `${decision.event}: ${verdict}${why}`,
        at,
        at,
        'Decisions',
        'Microconversions',
        colours[verdictOf(decision)],
      )
    }
    last = decisions.at(-1)?.number ?? last
  }
  tell() // what came while this code was loading
  return record.subscribe(tell)
}

import { outcomeWords, reasonInWords, type Tone, toneOf } from '../parts/words.ts'
import type { SampledRecord } from '../sampled-record.ts'

/** https://developer.chrome.com/docs/devtools/performance/extension: elsewhere only the label is looked at. */
type TimeStamp = (
  label: string,
  start: number,
  end: number,
  track: string,
  group: string,
  colour: string,
) => void

const colours: Readonly<Record<Tone, string>> = {
  good: 'primary',
  waiting: 'secondary',
  quiet: 'tertiary-light',
  problem: 'error',
}

/** Marks each decision from now on in a track of the browser's Performance panel, at the time of the attempt. Returns a stop. */
export function traceDecisions(record: SampledRecord): () => void {
  const timeStamp = console.timeStamp?.bind(console) as TimeStamp | undefined
  let told = record.get().decisions.at(-1)?.number ?? 0
  return record.subscribe(() => {
    const { decisions } = record.get()
    const fresh = decisions.slice(decisions.findLastIndex(({ number }) => number <= told) + 1)
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
        colours[toneOf(decision)],
      )
    }
    told = decisions.at(-1)?.number ?? told
  })
}

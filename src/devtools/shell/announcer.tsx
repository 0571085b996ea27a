import { useEffect, useState } from 'react'
import { useOverlay } from '../overlay-state.ts'
import { plural } from '../parts/time-words.ts'
import { outcomes, outcomeWords } from '../parts/words.ts'
import { allowing, filterContextOf } from '../timeline/filter.ts'
import { attemptsOf } from '../timeline/timeline-state.ts'

const EVERY_MS = 3000

/** Announces a summary to screen readers, at most every 3 s: announcing each event would drown out everything else. */
export function Announcer() {
  const overlay = useOverlay()
  const { tracker, timeline } = overlay
  const [message, setMessage] = useState('')

  useEffect(() => {
    let told = tracker.record.get().decisions.at(-1)?.number ?? 0
    let filter = timeline.getState()
    const timer = setInterval(() => {
      const { decisions } = tracker.record.get()
      const before = filter
      filter = timeline.getState()
      const fresh = decisions.filter((decision) => decision.number > told)
      told = decisions.at(-1)?.number ?? told
      const parts = outcomes.flatMap((outcome) => {
        const count = fresh.filter((decision) => decision.outcome === outcome).length
        return count ? [`${count} ${outcomeWords[outcome].toLowerCase()}`] : []
      })
      const news = fresh.length ? [`${plural(fresh.length, 'new attempt')}: ${parts.join(', ')}.`] : []
      const filtered = filter.text !== before.text || filter.outcomes !== before.outcomes
      if (filtered) {
        const found = attemptsOf(decisions, filter).filter(allowing(filter, filterContextOf(overlay)))
        news.push(`${plural(found.length, 'attempt')} shown.`)
      }
      setMessage(news.join(' '))
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [overlay, tracker, timeline])

  return (
    <p role="status" className="unseen">
      {message}
    </p>
  )
}

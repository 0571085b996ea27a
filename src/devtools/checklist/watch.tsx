import { useEffect, useState } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { OutcomeIcon } from '../parts/icons.tsx'
import { clockTime } from '../parts/time-words.ts'
import { useStyles } from '../parts/use-styles.ts'
import { watchStyles } from '../styles/watch.ts'
import { beep } from './beep.ts'
import { createWatch } from './watched-fires.ts'

const SHOWN_MS = 5_000
const MOST = 3

/** Flashes when a watched event fires, also while the panel is closed. */
export function Watch() {
  const { record } = useOverlay()
  const watched = useOverlayState((now) => now.watched)
  const sound = useOverlayState((now) => now.sound)
  const [fired, setFired] = useState<readonly Decision[]>([])
  const styled = useStyles<HTMLElement>(watchStyles)

  useEffect(() => {
    const read = createWatch(watched, record.get().decisions)
    return record.subscribe(() => {
      const news = read(record.get().decisions)
      if (news.length === 0) return
      setFired((before) => [...before, ...news].slice(-MOST))
      if (sound) beep()
    })
  }, [record, watched, sound])

  useEffect(() => {
    if (fired.length === 0) return undefined
    const timer = setTimeout(() => setFired([]), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [fired])

  return (
    <section ref={styled} className="watch" aria-label="Watched events" dir="ltr" lang="en">
      <div role="status">
        {fired.map(({ number, event, time }) => (
          <p key={number} className="flash">
            <OutcomeIcon outcome="fired" />
            <span className="name">{event}</span> fired {clockTime(time)}
          </p>
        ))}
      </div>
    </section>
  )
}

import { type ReactNode, useMemo, useState } from 'react'
import type { ConsentState } from '../../engine/permission/consent-types.ts'
import { inspectionOf } from '../../engine/record/inspection.ts'
import { duration } from '../../support/duration-in-words.ts'
import { HealthBadge } from '../health/health-badge.tsx'
import { useOverlay, useRecord, useTimeline } from '../overlay-state.ts'
import { consentWords } from '../parts/detail-words.ts'
import { readOnce } from '../parts/read-once.ts'
import { inDigits } from '../parts/time-words.ts'
import { useNow } from '../parts/use-now.ts'
import { useStyles } from '../parts/use-styles.ts'
import { CheckIcon, Pin } from '../parts/view-icons.tsx'
import type { CheckState } from '../parts/words.ts'
import { statusStyles } from '../styles/status.ts'
import { pauseInWords, queuedAt, queueInWords, queueState } from './queue-state.ts'
import { useNarrow } from './use-narrow.ts'

/** Line that is always in sight: consent, user, queue, and whether attempts are kept. */
export function StatusStrip() {
  const { tracker } = useOverlay()
  const narrow = useNarrow()
  const styled = useStyles<HTMLDivElement>(statusStyles)
  return (
    <div ref={styled} className="status">
      <Consent />
      <Who />
      <Queue />
      <Kept />
      {narrow && <HealthBadge />}
      <span className="plan-name" title="Plan and version">
        {tracker.plan.name} v{tracker.plan.version}
      </span>
    </div>
  )
}

const checkOf: Readonly<Record<ConsentState, CheckState>> = {
  granted: 'passes',
  denied: 'fails',
  pending: 'waits',
}

/** Consent of each category. A click grants it, or denies what is granted. */
function Consent() {
  const { tracker } = useOverlay()
  const { consent } = useRecord()
  return (
    <fieldset className="stats">
      <legend className="unseen">Consent</legend>
      {Object.entries(consent).map(([category, state]) => {
        const next = state === 'granted' ? 'denied' : 'granted'
        return (
          <button
            key={category}
            type="button"
            className="stat"
            data-state={checkOf[state]}
            title={`Consent for ${category} is ${state}. Click to ${next === 'granted' ? 'grant' : 'deny'} it`}
            onClick={() => tracker.consent.update({ [category]: next })}
          >
            <CheckIcon state={checkOf[state]} />
            <span className="category-name">{category}</span>{' '}
            <span className="answer">{consentWords[state].toLowerCase()}</span>
          </button>
        )
      })}
    </fieldset>
  )
}

/** Number of the visit and age of the session. */
function Who() {
  const { tracker } = useOverlay()
  const now = useNow()
  const inspection = inspectionOf(tracker)
  if (!inspection) return null
  const { user, session } = inspection.who()
  const minutes = Math.floor((now - session.startedAt) / 60_000)
  const age = minutes < 1 ? 'under 1 min' : duration(minutes * 60_000)
  return (
    <Leads to="user" title={`Visit ${user.visits} of this user; the session is ${age} old`}>
      <span>
        Visit {inDigits(user.visits)}
        <span className="more">, session {age}</span>
      </span>
    </Leads>
  )
}

function Queue() {
  const { tracker } = useOverlay()
  const { decisions, delivered } = useRecord('summary')
  const now = useNow()
  const [read] = useState(() => readOnce(queuedAt))
  const queued = useMemo(() => read(decisions).flat(), [read, decisions])
  const inspection = inspectionOf(tracker)
  const lanes = Object.fromEntries(
    (inspection?.destinations ?? []).map(({ name }) => [name, inspection?.status(name)]),
  )
  const state = queueState({ delivered, queued, lanes, now })
  const { lost, waiting } = state
  const [pause, ...why] = pauseInWords(state).split(' ')
  const idle = waiting === 0 && (lost > 0 || pause !== '')
  // The loss comes first: a narrow panel has no room for all. There, what has the class `more` is only spoken.
  return (
    <Leads to="network" title="Deliveries that were lost, and those that wait to be sent">
      <span data-state={pause ? 'waits' : undefined}>
        {lost > 0 && (
          <span className="lost">
            {inDigits(lost)} <span className="more">{lost === 1 ? 'delivery ' : 'deliveries '}</span>lost
          </span>
        )}
        {lost > 0 && pause && ', '}
        {pause}
        {why.length > 0 && <span className="more"> {why.join(' ')}</span>}
        <span className={idle ? 'more' : undefined}>
          {lost > 0 || pause ? `, ${queueInWords(state)}` : capitalised(queueInWords(state))}
        </span>
      </span>
    </Leads>
  )
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function Kept() {
  const { timeline } = useOverlay()
  const kept = useTimeline((now) => now.kept)
  return (
    <button
      type="button"
      className="stat"
      aria-pressed={kept}
      title="Stores the attempts with their properties in the session storage of this tab, at most 1 MB, until you switch it off or close the tab"
      onClick={() => timeline.setState({ kept: !kept })}
    >
      <Pin />
      <span className="more">Keep over reloads</span>
    </button>
  )
}

interface LeadsProps {
  /** Id of the tab that a click opens. */
  readonly to: string
  readonly title: string
  readonly children: ReactNode
}

function Leads({ to, title, children }: LeadsProps) {
  const { state } = useOverlay()
  return (
    <button
      type="button"
      className="stat"
      title={title}
      onClick={() => state.setState({ tab: to, settings: false })}
    >
      {children}
    </button>
  )
}

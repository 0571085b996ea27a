import { useId, useState } from 'react'
import type { Landing } from '../../engine/page/landing-types.ts'
import { type Inspection, inspectionOf } from '../../engine/record/inspection.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import { duration } from '../../support/duration-in-words.ts'
import { hash } from '../../support/hash.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { deniedByGpc, hasGpc } from '../parts/gpc.ts'
import { Facts, Section } from '../parts/section.tsx'
import { ago, clockTime, plural } from '../parts/time-words.ts'
import { useNow } from '../parts/use-now.ts'
import { useViewStyles } from '../parts/use-styles.ts'
import { userStyles } from '../styles/user.ts'
import { ConsentSwitches } from './consent-switches.tsx'
import { WhatIfTable } from './what-if-table.tsx'

/** Shows the user as the tracker knows them, their consent, and the effect of other answers. */
export function UserView() {
  const { tracker } = useOverlay()
  const styled = useViewStyles<HTMLDivElement>(userStyles)
  const inspection = inspectionOf(tracker)
  return (
    <div ref={styled} className="scroll user">
      <h3 className="subtitle">Consent</h3>
      <ConsentSwitches />
      {inspection ? (
        <>
          <Section title="What if">
            <WhatIfTable inspection={inspection} />
          </Section>
          <Identity tracker={tracker} inspection={inspection} />
        </>
      ) : (
        <p className="muted note">This tracker emits nothing: it has neither user nor session.</p>
      )}
    </div>
  )
}

interface IdentityProps {
  readonly tracker: AnyTracker
  readonly inspection: Inspection
}

function Identity({ tracker, inspection }: IdentityProps) {
  const { decisions, storage, consent } = useRecord('summary')
  const [done, setDone] = useState('')
  const now = useNow()
  const { user, session } = inspection.who()
  const pages = new Set(
    decisions.filter(({ time }) => time >= session.startedAt).map(({ page }) => page.number),
  )
  const idle = session.lastActivityAt + inspection.idleMs - now
  const left = session.startedAt + inspection.maxMs - now
  const denied = deniedByGpc(consent, inspection.signals).join(' and ')

  return (
    <>
      <Section title="Session">
        <Facts
          facts={[
            ['Id', shortId(session.id), 'code'],
            ['Began', `${clockTime(session.startedAt)}, ${ago(session.startedAt, now)}`],
            [
              'Ends',
              idle <= 0 || left <= 0
                ? `at the next activity: it ${idle <= 0 ? 'was idle' : 'has lasted'} too long`
                : left < idle
                  ? `in ${duration(left)}: no session lasts longer`
                  : `in ${duration(idle)} without activity`,
            ],
            ['Pages here', pages.size],
            ...landingFacts(session.landing),
          ]}
        />
      </Section>
      <Section title="User">
        <Facts
          facts={[
            ['Id', shortId(user.id), 'code'],
            ['Visits', `${plural(user.visits, 'visit')}: ${user.visits > 1 ? 'returning' : 'the first'}`],
            ['Identified', user.userId ? `yes, as #${hash(user.userId).slice(0, 8)}` : 'no'],
            [
              'Ids and counts',
              storage === 'persistent'
                ? 'kept in the storage of this browser'
                : 'kept in the memory of this page: they end with it',
            ],
            [
              'Global Privacy Control',
              hasGpc()
                ? denied
                  ? `on: this browser denies ${denied}`
                  : 'on: it denies nothing here'
                : 'off',
            ],
          ]}
        />
      </Section>
      <Section title="Try as another user">
        <ul className="acts">
          <Act
            does="New session"
            says="Ends the session, as if the user had been away for too long. Rules “per session” open again."
            onClick={() => {
              inspection.endSession()
              setDone('A new session has begun.')
            }}
          />
          <Act
            does="New user"
            says="Forgets the user, the session and their counts, as at log-out. Every rule opens again."
            onClick={() => {
              tracker.reset()
              setDone('A new user has begun.')
            }}
          />
          <ForgetCounts
            tracker={tracker}
            onForget={(event) => {
              inspection.forgetCounts(event)
              setDone(`The frequency counters of ${event} are reset.`)
            }}
          />
        </ul>
        <p role="status" className="muted">
          {done}
        </p>
      </Section>
    </>
  )
}

interface ActProps {
  readonly does: string
  readonly says: string
  readonly onClick: () => void
}

function Act({ does, says, onClick }: ActProps) {
  return (
    <li>
      <button type="button" className="plain boxed" onClick={onClick}>
        {does}
      </button>
      <span className="muted">{says}</span>
    </li>
  )
}

interface ForgetCountsProps {
  readonly tracker: AnyTracker
  readonly onForget: (event: string) => void
}

function ForgetCounts({ tracker, onForget }: ForgetCountsProps) {
  const id = useId()
  const names = [...tracker.plan.events].filter(([, { rules }]) => rules.length > 0).map(([name]) => name)
  const [chosen, setChosen] = useState(names[0] ?? '')
  if (names.length === 0) return null
  return (
    <li>
      <label htmlFor={id}>Frequency counters of</label>
      <select id={id} value={chosen} onChange={(event) => setChosen(event.target.value)}>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button type="button" className="plain boxed" onClick={() => onForget(chosen)}>
        Reset
      </button>
      <span className="muted">Its frequency rules open again, for this page, session and user.</span>
    </li>
  )
}

/** Returns the end of an id: UUID version 7 begins with the time, so ids of one moment begin alike. */
const shortId = (id: string) => `…${id.slice(-8)}`

function landingFacts(landing: Landing | 'unknown') {
  if (landing === 'unknown') return [['Landed on', 'unknown: it was before consent'] as const]
  const { path, referrerClass, referrer, campaign } = landing
  return [
    ['Landed on', path] as const,
    ['From', [referrerClass, referrer].filter(Boolean).join(': ')] as const,
    [
      'Campaign',
      campaign &&
        Object.entries(campaign)
          .filter(([name, value]) => value && name !== 'clickId')
          .map(([name, value]) => `${name} ${value}`)
          .join(', '),
    ] as const,
  ]
}

import { useId, useState } from 'react'
import { deniedByGpc } from '../../engine/consent.ts'
import { type Inspection, inspectionOf } from '../../engine/inspection.ts'
import type { AnyTracker, Landing } from '../../engine/types.ts'
import { hash } from '../../support/hash.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { hasGpc } from '../parts/gpc.ts'
import { Facts, Section } from '../parts/section.tsx'
import { ago, clockTime, duration, plural } from '../parts/time-words.ts'
import { useNow } from '../parts/use-now.ts'
import { useStyles } from '../parts/use-styles.ts'
import { visitorStyles } from '../styles/visitor.ts'
import { ConsentSwitches } from './consent-switches.tsx'
import { WhatIfTable } from './what-if-table.tsx'

/** Who is here as the tracker knows them, what they have answered, and what another answer would change. */
export function VisitorView() {
  const { tracker } = useOverlay()
  const styled = useStyles<HTMLDivElement>(visitorStyles)
  const inspection = inspectionOf(tracker)
  return (
    <div ref={styled} className="scroll visitor">
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
        <p className="muted note">This tracker emits nothing: it has neither visitor nor session.</p>
      )}
    </div>
  )
}

interface IdentityProps {
  readonly tracker: AnyTracker
  readonly inspection: Inspection
}

function Identity({ tracker, inspection }: IdentityProps) {
  const { decisions, storage } = useRecord('summary')
  const [done, setDone] = useState('')
  const now = useNow()
  const { visitor, session } = inspection.who()
  const pages = new Set(
    decisions.filter(({ time }) => time >= session.startedAt).map(({ page }) => page.number),
  )
  const idle = session.lastActivityAt + inspection.idleMs - now
  const left = session.startedAt + inspection.maxMs - now
  const denied = deniedByGpc(inspection.signals).join(' and ')

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
      <Section title="Visitor">
        <Facts
          facts={[
            ['Id', shortId(visitor.id), 'code'],
            [
              'Visits',
              `${plural(visitor.visits, 'visit')}: ${visitor.visits > 1 ? 'returning' : 'the first'}`,
            ],
            ['User', visitor.userId ? `known, as #${hash(visitor.userId).slice(0, 8)}` : 'not identified'],
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
      <Section title="Try as somebody else">
        <ul className="acts">
          <Act
            does="New session"
            says="The present one expires, as if the visitor had been away for too long: rules “per session” open again."
            onClick={() => {
              inspection.endSession()
              setDone('A new session has begun.')
            }}
          />
          <Act
            does="New visitor"
            says="Forgets visitor, session and their counts, as at log-out: every rule opens again."
            onClick={() => {
              tracker.reset()
              setDone('A new visitor is here.')
            }}
          />
          <ForgetCounts
            tracker={tracker}
            onForget={(event) => {
              inspection.forgetCounts(event)
              setDone(`The counts of ${event} are forgotten.`)
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
      <label htmlFor={id}>Counts of</label>
      <select id={id} value={chosen} onChange={(event) => setChosen(event.target.value)}>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <button type="button" className="plain boxed" onClick={() => onForget(chosen)}>
        Forget them
      </button>
      <span className="muted">Its frequency rules open again, for this page, session and visitor.</span>
    </li>
  )
}

/** The end of an id: version 7 begins with the time, alike for all of one moment. */
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

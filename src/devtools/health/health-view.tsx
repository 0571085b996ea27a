import { type ReactNode, useEffect, useState } from 'react'
import { inspectionOf } from '../../engine/inspection.ts'
import type { PersonalDataKind, PersonalDataPolicy } from '../../engine/types.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { AttemptLink } from '../parts/attempt-link.tsx'
import { CheckIcon, TroubleIcon } from '../parts/icons.tsx'
import { Prose } from '../parts/prose.tsx'
import { Facts, Section } from '../parts/section.tsx'
import { plural } from '../parts/time-words.ts'
import { useStyles } from '../parts/use-styles.ts'
import { findingWords } from '../parts/words.ts'
import { healthStyles } from '../styles/health.ts'
import type { Concern } from './concern.ts'
import { type Send, watchOthers } from './other-senders.ts'
import { allowancesOf, removedParameters } from './privacy.ts'
import { useHealth } from './use-health.ts'

const policyWords: Readonly<Record<PersonalDataPolicy, string>> = {
  block: 'an attempt that carries some is dropped; in production the default is to replace it',
  redact: 'it is replaced before anything is recorded or sent',
  allow: 'nobody looks: the guard is off',
}

/** As many as a session of testing needs. */
const MAX_WATCHED = 500

/** What counts twice, what should not leave, and what never arrived. */
export function HealthView() {
  const { tracker } = useOverlay()
  const record = useRecord('summary')
  const [watching, setWatching] = useState(false)
  const [watched, setWatched] = useState<readonly Send[]>([])
  const { conflicts, privacy, deliveries, problems } = useHealth(watched)
  const styled = useStyles<HTMLDivElement>(healthStyles)
  const inspection = inspectionOf(tracker)

  useEffect(() => {
    if (!watching) return undefined
    return watchOthers((send) => setWatched((before) => [...before, send].slice(-MAX_WATCHED)), Date.now)
  }, [watching])

  const page = inspection?.look({ event: '' }).occurrence.page
  const removed = page ? removedParameters(location.href, page.url) : []
  const kinds = Object.entries(record.personalData) as [PersonalDataKind, number][]
  return (
    <div ref={styled} className="scroll health">
      <h3 className="subtitle">
        {problems ? `${plural(problems, 'problem')} to mend.` : 'Nothing is wrong here.'}
      </h3>
      <Section title="Conflicts">
        <Concerns concerns={conflicts}>Nothing counts twice, as far as can be seen.</Concerns>
        <button
          type="button"
          className="chip"
          aria-pressed={watching}
          onClick={() => setWatching((before) => !before)}
        >
          {watching ? `Watching: ${plural(watched.length, 'event')} of all trackers` : 'Watch other trackers'}
        </button>
        <p className="muted">
          Looks into what others send (data layer, PostHog, Segment) by wrapping their functions, until this
          view is left or closed. Before that only what lies open is read.
        </p>
      </Section>
      <Section title="Personal data">
        <Concerns concerns={privacy}>None found in what is kept.</Concerns>
        <Facts
          facts={[
            ['Policy', inspection && policyWords[inspection.personalData]],
            ['Found so far', kinds.map(([kind, count]) => `${findingWords[kind]} ×${count}`).join(', ')],
            [
              'Left out of the address',
              removed.length ? `${removed.join(', ')}: names only, their values go nowhere` : undefined,
            ],
            ...allowancesOf(tracker.plan).map(
              ([event, names]) => [`Allowed in ${event}`, names.join(', ')] as const,
            ),
          ]}
        />
      </Section>
      <Section title="Deliveries and record">
        <Concerns concerns={deliveries}>No delivery was refused or given up.</Concerns>
        <Facts
          facts={[
            ...Object.entries(record.delivered).map(
              ([name, states]) =>
                [
                  name,
                  Object.entries(states)
                    .map(([state, count]) => `${count} ${state}`)
                    .join(', '),
                ] as const,
            ),
            [
              'Attempts kept',
              `${record.decisions.length.toLocaleString('en')}, ${record.forgotten.toLocaleString('en')} earlier forgotten`,
            ],
            [
              'Ids and counts',
              record.storage === 'persistent'
                ? 'in the storage of this browser'
                : 'in the memory of this page',
            ],
          ]}
        />
      </Section>
    </div>
  )
}

function Concerns({
  concerns,
  children,
}: {
  readonly concerns: readonly Concern[]
  readonly children: ReactNode
}) {
  if (concerns.length === 0)
    return (
      <p className="fine">
        <CheckIcon state="passes" />
        {children}
      </p>
    )
  const sorted = [...concerns].sort((one, other) => rank[one.tone] - rank[other.tone])
  return (
    <ul className="concerns">
      {sorted.map(({ id, tone, title, evidence, attempts, mend }) => (
        <li key={id} data-tone={tone}>
          {tone === 'problem' ? <TroubleIcon /> : <CheckIcon state="unknown" />}
          <div>
            <p className="concern">
              <span className="unseen">{tone === 'problem' ? 'Problem: ' : 'Note: '}</span>
              {title}
            </p>
            {evidence.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same
              <p key={index} className="muted">
                {line}
              </p>
            ))}
            <p>
              <Prose>{mend}</Prose>
            </p>
            {attempts.length > 0 && (
              <p className="attempts">
                {[...new Set(attempts)].map((number) => (
                  <AttemptLink key={number} number={number} />
                ))}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

const rank = { problem: 0, note: 1 } as const

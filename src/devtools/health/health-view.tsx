import { type ReactNode, useEffect, useState } from 'react'
import type { DeliveryCounts } from '../../engine/delivery/delivery.ts'
import type { PersonalDataKind, PersonalDataPolicy } from '../../engine/personal-data/finding.ts'
import { inspectionOf } from '../../engine/record/inspection.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { AttemptLink } from '../parts/attempt-link.tsx'
import { findingWords } from '../parts/detail-words.ts'
import { TroubleIcon } from '../parts/icons.tsx'
import { Prose } from '../parts/prose.tsx'
import { Facts, Section } from '../parts/section.tsx'
import { inDigits, plural } from '../parts/time-words.ts'
import { useViewStyles } from '../parts/use-styles.ts'
import { CheckIcon } from '../parts/view-icons.tsx'
import { tallyOf } from '../parts/words.ts'
import { healthStyles } from '../styles/health.ts'
import { type Concern, MAX_SHOWN } from './concern.ts'
import { type ConcernGroup, groupConcerns } from './group-concerns.ts'
import { type Send, watchOthers } from './other-senders.ts'
import { allowancesOf, removedParameters } from './privacy.ts'
import { useHealth } from './use-health.ts'

const policyWords: Readonly<Record<PersonalDataPolicy, string>> = {
  block: 'an attempt that carries some is dropped; in production the default is to replace it',
  redact: 'it is replaced before anything is recorded or sent',
  allow: 'the guard is off',
}

/** Maximum watched events that the view keeps. */
const MAX_WATCHED = 500

/** Lists events that count twice, data that should not leave the page, and failed deliveries; problems first. */
export function HealthView() {
  const [watching, setWatching] = useState(false)
  const [watched, setWatched] = useState<readonly Send[]>([])
  const { conflicts, privacy, deliveries, problems } = useHealth(watched)
  const styled = useViewStyles<HTMLDivElement>(healthStyles)

  useEffect(() => {
    if (!watching) return undefined
    return watchOthers((send) => setWatched((before) => [...before, send].slice(-MAX_WATCHED)), Date.now)
  }, [watching])

  const sections = [
    {
      concerns: conflicts,
      content: (
        <Section key="conflicts" title="Conflicts">
          <Concerns concerns={conflicts}>Nothing counts twice, as far as can be seen.</Concerns>
          <button
            type="button"
            className="chip"
            aria-pressed={watching}
            onClick={() => setWatching((before) => !before)}
          >
            {watching
              ? `Watching: ${plural(watched.length, 'event')} of all trackers`
              : 'Watch other trackers'}
          </button>
          <p className="muted">
            Shows what the data layer, PostHog and Segment send, by wrapping their functions until you leave
            this view. Otherwise the view reads only what the page exposes.
          </p>
        </Section>
      ),
    },
    { concerns: privacy, content: <Privacy key="privacy" concerns={privacy} /> },
    { concerns: deliveries, content: <Deliveries key="deliveries" concerns={deliveries} /> },
  ]
  const first = sections.filter(({ concerns }) => hasProblem(concerns))
  const then = sections.filter(({ concerns }) => !hasProblem(concerns))
  return (
    <div ref={styled} className="scroll health">
      <h3 className="subtitle">{problems ? plural(problems, 'problem') : 'No problems'}</h3>
      {[...first, ...then].map(({ content }) => content)}
    </div>
  )
}

const hasProblem = (concerns: readonly Concern[]) => concerns.some(({ tone }) => tone === 'problem')

interface ConcernsProps {
  readonly concerns: readonly Concern[]
}

function Privacy({ concerns }: ConcernsProps) {
  const { tracker } = useOverlay()
  const { personalData } = useRecord('summary')
  const inspection = inspectionOf(tracker)
  const page = inspection?.look({ event: '' }).occurrence.page
  const removed = page ? removedParameters(location.href, page.url) : []
  const kinds = Object.entries(personalData) as [PersonalDataKind, number][]
  return (
    <Section title="Personal data">
      <Concerns concerns={concerns}>None found in what is kept.</Concerns>
      <Facts
        facts={[
          ['Policy', inspection && policyWords[inspection.personalData]],
          ['Found so far', kinds.map(([kind, count]) => `${findingWords[kind]} ×${count}`).join(', ')],
          [
            'Left out of the address',
            removed.length ? `${removed.join(', ')}: neither recorded nor sent` : undefined,
          ],
          ...allowancesOf(tracker.plan).map(
            ([event, names]) => [`Allowed in ${event}`, names.join(', ')] as const,
          ),
        ]}
      />
    </Section>
  )
}

function Deliveries({ concerns }: ConcernsProps) {
  const { delivered, decisions, forgotten, storage } = useRecord('summary')
  const earlier = forgotten > 0 ? `, ${inDigits(forgotten)} earlier no longer kept` : ''
  const inWords = (states: DeliveryCounts) => tallyOf(states).map(({ text }) => text)
  return (
    <Section title="Deliveries and record">
      <Concerns concerns={concerns}>No event was lost.</Concerns>
      <Facts
        facts={[
          ...Object.entries(delivered).map(([name, states]) => [name, inWords(states).join(', ')] as const),
          ['Attempts kept', `${inDigits(decisions.length)}${earlier}`],
          [
            'Ids and counts',
            storage === 'persistent' ? 'in the storage of this browser' : 'in the memory of this page',
          ],
        ]}
      />
    </Section>
  )
}

function Concerns({ concerns, children }: ConcernsProps & { readonly children: ReactNode }) {
  if (concerns.length === 0)
    return (
      <p className="fine">
        <CheckIcon state="passes" />
        {children}
      </p>
    )
  return (
    <ul className="concerns">
      {groupConcerns(concerns).map((group) => (
        <li key={group.concerns[0].id} data-tone={group.tone}>
          {group.tone === 'problem' ? <TroubleIcon /> : <CheckIcon state="unknown" />}
          <Group group={group} />
        </li>
      ))}
    </ul>
  )
}

/** Findings that one fix solves: each with its title, the fix once. Folds the evidence of more than one. */
function Group({ group: { tone, fix, concerns } }: { readonly group: ConcernGroup }) {
  const word = tone === 'problem' ? 'Problem' : 'Note'
  const evidence = concerns.flatMap((concern) => concern.evidence)
  const lines = evidence.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be equal
    <p key={index} className="muted">
      {line}
    </p>
  ))
  return (
    <div>
      {concerns.length > 1 && (
        <p className="concern">{plural(concerns.length, `equal ${word.toLowerCase()}`)}, one fix:</p>
      )}
      {concerns.map(({ id, title, attempts }) => (
        <p key={id} className={concerns.length > 1 ? 'attempts' : 'attempts concern'}>
          <span className="unseen">{word}: </span>
          <span>{title}</span>
          {attempts.length === MAX_SHOWN && <span className="muted">newest:</span>}
          {[...new Set(attempts)].map((number) => (
            <AttemptLink key={number} number={number} />
          ))}
        </p>
      ))}
      <p>
        <Prose>{fix}</Prose>
      </p>
      {concerns.length === 1 || lines.length === 0 ? (
        lines
      ) : (
        <details className="folded">
          <summary>Evidence</summary>
          {lines}
        </details>
      )}
    </div>
  )
}

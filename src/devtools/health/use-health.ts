import { useMemo, useState } from 'react'
import { trackersOfPage } from '../../engine/live-trackers.ts'
import { inspectionOf } from '../../engine/record/inspection.ts'
import type { RecordState } from '../../engine/record/record-view.ts'
import { anomalyInWords } from '../journey/words.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { sift } from '../parts/read-once.ts'
import { inDigits, plural } from '../parts/time-words.ts'
import { useNow } from '../parts/use-now.ts'
import { type Concern, MAX_SHOWN } from './concern.ts'
import { conflictsAround } from './conflicts.ts'
import { createDoubleCheck } from './double-check.ts'
import { lookAtOthers, type Send } from './other-senders.ts'
import { findingsIn, isSuspect, privacyConcerns } from './privacy.ts'

const unwatched: readonly Send[] = []

/** Returns the current problems and notes. */
export function useHealth(watched = unwatched) {
  const { tracker } = useOverlay()
  const record = useRecord('summary')
  // Events of other senders trigger no render: poll once a second.
  const now = useNow()
  const suspects = useMemo(() => sift((decision) => isSuspect(decision, tracker.plan)), [tracker])
  const privacy = useMemo(
    () =>
      privacyConcerns(
        findingsIn(suspects(record.decisions), tracker.plan),
        inspectionOf(tracker)?.personalData,
      ),
    [tracker, suspects, record.decisions],
  )
  const [twice] = useState(createDoubleCheck)
  const counted = useMemo(() => [...twice(record.decisions), ...orderConcerns(record)], [twice, record])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `now` triggers the check and is no input
  const around = useMemo(
    () =>
      conflictsAround({
        plan: tracker.plan,
        decisions: record.decisions,
        forgetful: record.forgotten > 0,
        live: trackersOfPage(),
        others: lookAtOthers(),
        watched,
      }),
    [tracker, record, watched, now],
  )
  const conflicts = [...around, ...counted, ...unobservedConcerns(record)]
  const deliveries = deliveryConcerns(record)
  const all = [...conflicts, ...privacy, ...deliveries]
  return { conflicts, privacy, deliveries, problems: all.filter(({ tone }) => tone === 'problem').length }
}

/** Reports events in an order that the plan does not allow: the page reports them wrongly, or the plan is wrong. */
function orderConcerns({ decisions, anomalies }: RecordState): readonly Concern[] {
  const total = Object.values(anomalies).reduce((sum, count) => sum + (count ?? 0), 0)
  if (total === 0) return []
  const shown = decisions.filter((decision) => decision.anomalies?.length).slice(-MAX_SHOWN)
  return [
    {
      id: 'order',
      tone: 'problem',
      title: `${plural(total, 'event')} came in an order that the plan does not expect`,
      evidence: shown.flatMap(({ event, anomalies: found = [] }) =>
        found.map((anomaly) => `${event} ${anomalyInWords(anomaly)}`),
      ),
      attempts: shown.map(({ number }) => number),
      fix: 'Report the missing step, or correct the funnel in the plan.',
    },
  ]
}

/** Reports triggers that threw because a browser API is missing or broken. */
function unobservedConcerns({ unobserved = {} }: RecordState): readonly Concern[] {
  const names = Object.entries(unobserved)
  if (names.length === 0) return []
  return [
    {
      id: 'unobserved',
      tone: 'problem',
      title: `${plural(names.length, 'component')} cannot observe`,
      evidence: names.slice(-MAX_SHOWN).map(([name, why]) => `${name}: ${why}`),
      attempts: [],
      fix: 'Use a browser that has what is missing, or define it.',
    },
  ]
}

function deliveryConcerns({ delivered, decisions }: RecordState): readonly Concern[] {
  return Object.entries(delivered).flatMap(([destination, { rejected = 0, expired = 0 }]): Concern[] => {
    if (rejected + expired === 0) return []
    const shown = decisions.filter(({ deliveries }) =>
      ['rejected', 'expired'].includes(deliveries[destination]?.state ?? ''),
    )
    return [
      {
        id: `lost|${destination}`,
        tone: 'problem',
        title: `${plural(rejected + expired, 'event')} lost at ${destination}`,
        evidence: [
          ...(rejected ? [`${inDigits(rejected)} rejected by the destination`] : []),
          ...(expired ? [`${inDigits(expired)} expired: waited too long`] : []),
        ],
        attempts: shown.slice(-MAX_SHOWN).map(({ number }) => number),
        fix: 'The attempt shows the answer of the destination.',
      },
    ]
  })
}

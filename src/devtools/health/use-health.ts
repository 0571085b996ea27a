import { useMemo, useState } from 'react'
import { inspectionOf } from '../../engine/inspection.ts'
import { liveTrackers } from '../../engine/live-trackers.ts'
import type { RecordState } from '../../engine/types.ts'
import { anomalyInWords } from '../journey/words.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { sift } from '../parts/read-once.ts'
import { plural } from '../parts/time-words.ts'
import { useNow } from '../parts/use-now.ts'
import { type Concern, MAX_SHOWN } from './concern.ts'
import { conflictsAround } from './conflicts.ts'
import { createDoubleCheck } from './double-check.ts'
import { lookAtOthers, type Send } from './other-senders.ts'
import { findingsIn, isSuspect, privacyConcerns } from './privacy.ts'

const unwatched: readonly Send[] = []

/** All that is wrong, or worth a look, as of now. */
export function useHealth(watched = unwatched) {
  const { tracker } = useOverlay()
  const record = useRecord('summary')
  // What others send changes nothing here: somebody has to look.
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: `now` is the cause, not an input
  const around = useMemo(
    () =>
      conflictsAround({
        plan: tracker.plan,
        decisions: record.decisions,
        forgetful: record.forgotten > 0,
        live: [...liveTrackers()],
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

/** An order of events that the plan does not foresee: the page reports wrongly, or the plan is wrong. */
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
        found.map((anomaly) => `${event}: ${anomalyInWords(anomaly)}`),
      ),
      attempts: shown.map(({ number }) => number),
      mend: 'Report the missing step, or correct the funnel in the plan.',
    },
  ]
}

/** Triggers that threw where something of the browser is missing or broken. */
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
      mend: 'Use a browser that has what is missing, or define it.',
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
        title: `${plural(rejected + expired, 'event')} never reached ${destination}`,
        evidence: [
          ...(rejected ? [`${plural(rejected, 'delivery', 'deliveries')} refused`] : []),
          ...(expired ? [`${plural(expired, 'delivery', 'deliveries')} given up`] : []),
        ],
        attempts: shown.slice(-MAX_SHOWN).map(({ number }) => number),
        mend: 'The attempt has the answer of the destination.',
      },
    ]
  })
}

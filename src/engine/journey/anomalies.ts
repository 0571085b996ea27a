import type { RecordState } from '../record/record-view.ts'
import { funnelOf } from './funnel.ts'
import type { JourneyMemory } from './journey-memory.ts'
import type { JourneyPort } from './journey-port.ts'
import { inOrder, type OwnStep } from './journey-steps.ts'
import type { Anomaly } from './journey-view.ts'

/** Creates a function that reports events in an order that the plan does not expect, as each event counts. */
export function createExaminer({ plan, storage, record, advice }: JourneyPort, { stepsOf }: JourneyMemory) {
  const { kind } = storage
  let anomalies: RecordState['anomalies'] = {}

  return function examine(step: OwnStep): void {
    if (step.shadow) return
    const { event, time } = step.occurrence
    const tell = (anomaly: Anomaly) => {
      anomalies = { ...anomalies, [anomaly.kind]: (anomalies[anomaly.kind] ?? 0) + 1 }
      record.setAnomalies(anomalies)
      record.change(step.number, (decision) => ({
        ...decision,
        anomalies: [...(decision.anomalies ?? []), anomaly],
      }))
      advice?.anomaly(event, anomaly)
    }
    const before = (name: string) =>
      stepsOf(name).filter((other) => other.id !== step.id && inOrder(other, { ...step, time }) <= 0)
    const { id: session, landing } = step.who.session
    if (plan.events.get(event)?.macro && before(event).some((other) => other.session === session))
      tell({ kind: 'double-macro' })
    // A user whose visits were not stored may have begun the funnel earlier.
    if (kind() !== 'persistent' || landing === 'unknown') return
    for (const [funnel, planned] of Object.entries(plan.funnels)) {
      const index = planned.steps.indexOf(event)
      if (index < 1) continue
      const view = funnelOf(planned, { steps: planned.steps.flatMap(before).sort(inOrder), now: time })
      const current = view.expired ? -1 : view.current
      if (index <= current + 1) continue
      const started = current >= 0 || index < planned.steps.length - 1
      const missing = planned.steps[started ? index - 1 : 0]
      tell({ kind: started ? 'skipped-step' : 'missing-start', funnel, missing })
    }
  }
}

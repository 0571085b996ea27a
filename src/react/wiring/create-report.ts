import { emitterOf } from '../../engine/pipeline/emitter.ts'
import { partsOf } from '../../engine/record/tracker-parts.ts'
import { contain } from '../../triggers/contained.ts'
import { hintLeftOut } from './hint-left-out.ts'
import { overlayPort } from './overlay-port.ts'
import type { Fact, FactTarget, Report, Reporter } from './report.ts'

/** Returns the event that reports a fact; undefined if none does. */
export function targetOf({ events, standard, tracker }: Reporter, fact: string): Exclude<FactTarget, string> {
  const name = standard[fact] ?? ''
  const target = events ? events[fact] : tracker.plan.events.has(name) ? name : undefined
  return typeof target === 'string' ? { event: target } : target
}

/**
 * Creates a function that turns the facts of a trigger into events of the current tracker. A fact without an event is
 * not emitted.
 */
export function createReport(reporter: { readonly current: Reporter }): Report {
  const failed = (error: unknown) => {
    const { tracker, component, name = '' } = reporter.current
    partsOf(tracker)?.known.notObserved(component, name, error)
  }
  const targetFor = (fact: string) => {
    const target = targetOf(reporter.current, fact)
    if (process.env.NODE_ENV !== 'production' && !target) hintLeftOut(reporter.current, fact)
    return target
  }
  const report = (fact: Fact) =>
    contain(failed, () => {
      overlayPort()?.noteFact(fact, made)
      const { payload, ...trigger } = fact
      const { tracker, scope, component, properties } = reporter.current
      const target = targetFor(trigger.fact)
      if (!target) return undefined
      const all = { ...payload, ...properties, ...target.properties }
      const decision = emitterOf(tracker)(target.event, all, { component, ...trigger }, scope)
      overlayPort()?.noteAttempt(decision.number, made)
      return decision
    })
  const use = (fact: Fact) => {
    const { tracker } = reporter.current
    const name = targetFor(fact.fact)?.event
    if (name === undefined) return undefined
    return { owner: tracker, name, report: () => void report(fact), onPageEnd: tracker.onPageEnd }
  }
  const made: Report = Object.assign(report, { reporter, failed, use })
  return made
}

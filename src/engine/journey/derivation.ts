import { type After, ruleOfAfter } from '../../plan/after.ts'
import { durationMs } from '../../support/duration.ts'
import { runCode } from '../decision/run-code.ts'
import type { Properties, TriggerContext } from '../pipeline/occurrence.ts'
import type { Who } from '../who/who.ts'
import type { JourneyMemory } from './journey-memory.ts'
import type { JourneyPort, Surroundings } from './journey-port.ts'
import { causeOf, type OwnStep, type StoredStep } from './journey-steps.ts'

const byPlan: TriggerContext = { component: 'plan', fact: 'derived' }

/**
 * Attempts derived events. The frequency rule of each then decides, as for every event, so that only one of several
 * tabs wins.
 */
export function createDerivation(port: JourneyPort, memory: JourneyMemory) {
  const { plan, surroundings, advice } = port
  const { now } = port.platform
  const { present } = port.identity
  const { stepsOf, ours } = memory
  const derived = [...plan.events].flatMap(([name, { after, status }]) =>
    after ? [{ name, after, shadow: status === 'shadow' }] : [],
  )
  /** Ids of steps for which a derived event was attempted. */
  const attempted = new Map<string, Set<string>>()
  /** Due events that this page has attempted, by cause. */
  const attemptedDue = new Set<string>()
  /** Last admitted occurrence of each derived event, which may not be counted yet. */
  const underWay = new Map<string, { readonly time: number; readonly who: Who }>()

  /** Attempts the events that follow from a new occurrence. */
  function follow(step: OwnStep): void {
    for (const { name, after, shadow } of derived) {
      const { event, times = 1, within = 'session', without } = after
      if (without !== undefined || event !== step.occurrence.event) continue
      if (step.discounted || attempted.get(name)?.has(step.id) || (step.shadow && !shadow) || !ours(step))
        continue
      const { time } = step.occurrence
      const session = step.who.session.id
      const since = within === 'session' ? Number.NEGATIVE_INFINITY : time - durationMs(within)
      const counts = (other: Pick<StoredStep, 'time' | 'session'>) =>
        within === 'session' ? other.session === session : other.time > since && other.time <= time
      const found = stepsOf(event, shadow).filter(counts)
      if (found.length < times || stepsOf(name, shadow).some(counts)) continue
      const latest = underWay.get(name)
      if (latest && counts({ time: latest.time, session: latest.who.session.id })) continue
      attempted.set(name, new Set(attempted.get(name)).add(step.id))
      attempt(name, after, found.slice(-times), step.occurrence, step.who)
    }
  }

  /** Attempts `without` events on a later page, since no page may be open when they become due. They expire. */
  function findDue(): void {
    if (!memory.isComplete()) return
    for (const { name, after, shadow } of derived) {
      const { event, without, within } = after
      if (without === undefined) continue
      const windowMs = durationMs(within)
      const settledAt = stepsOf(name, shadow).at(-1)?.time ?? Number.NEGATIVE_INFINITY
      const ends = stepsOf(without)
      const cause = stepsOf(event, shadow).find(
        ({ time }) =>
          time > settledAt &&
          time + 2 * windowMs > now() &&
          !ends.some((end) => end.time >= time && end.time <= time + windowMs),
      )
      if (!cause || cause.time + windowMs > now() || attemptedDue.has(name + cause.id)) continue
      attemptedDue.add(name + cause.id)
      attempt(name, after, [cause], surroundings(), undefined, cause.time + windowMs)
    }
  }

  function attempt(
    event: string,
    after: After<object, string>,
    steps: readonly StoredStep[],
    { time, page, scope, device, added }: Surroundings,
    who?: Who,
    dueAt?: number,
  ): void {
    const seen = steps.map(memory.own)
    const causes = () =>
      seen.some((step) => 'discounted' in step && step.discounted) ? [] : seen.map(causeOf)
    const derived = { causes, rule: ruleOfAfter(after), dueAt }
    const occurrence = { event, time, page, scope, device, added, trigger: byPlan, derived }
    let properties: Properties
    try {
      const told = steps.map((step) => ({ event: step.event, time: step.time }))
      properties = runCode('after.properties', () => ({ ...after.properties?.(told) }))
    } catch (error) {
      advice?.threw(event, error)
      port.refuse({ ...occurrence, properties: {} })
      return
    }
    const { outcome } = port.admit({ ...occurrence, properties }, who)
    if (outcome === 'fired' || outcome === 'held') underWay.set(event, { time, who: who ?? present() })
  }

  return {
    follow,
    findDue,
    /** Lets events that followed from this one occur again: they may follow from other occurrences. */
    discount(event: string): void {
      for (const { name, after } of derived) {
        if (after.event !== event) continue
        underWay.delete(name)
        attempted.delete(name)
      }
    },
  }
}

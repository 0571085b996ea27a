import type { Decision } from '../../engine/record/decision.ts'
import type { UnknownOutcome } from '../../engine/record/record-view.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import { instrumentsOf, type SeenFact } from '../../react/wiring/instruments.ts'
import { progressOf } from '../../react/wiring/progress.ts'
import { own } from '../../support/unclobbered.ts'
import { unknownWords } from '../../support/unknown-outcome.ts'
import { scrollPlace, shareInView } from '../page/measure.ts'
import { factsFor, type Reporter, titleOf } from '../page/reporters.ts'
import type { Witness } from './evidence.ts'

interface Given {
  readonly tracker: AnyTracker
  readonly event: string
  readonly reporters: readonly Reporter[]
  readonly decisions: readonly Decision[]
  readonly unknownOutcomes: readonly UnknownOutcome[]
}

/**
 * Returns the component to ask about an event: among those that would report it the one that reported anything last,
 * else one in view. Without a component on the page, one whose attempts the record still has on this page.
 */
export function witnessOf({ tracker, event, reporters, ...record }: Given): Witness | undefined {
  const witnesses = reporters.map((reporter) => {
    const seen = instrumentsOf(tracker).factsOf(reporter.instrument.report)
    return { reporter, seen, time: seen.at(-1)?.time ?? 0, share: shareInView(reporter.instrument.element) }
  })
  const [found] = witnesses.sort((one, other) => other.time - one.time || other.share - one.share)
  if (!found) return undefined
  const { reporter, seen, share } = found
  const { element } = reporter.instrument
  const wanted = factsFor(reporter, event)
  const progress = progressOf(wanted, reporter.observed)
  const scroll = progress?.kind === 'scroll' ? progress : undefined
  const facts = seen.length > 0 ? timed(seen, record.decisions) : factsInRecord(reporter, record.decisions)
  return {
    title: titleOf(reporter),
    name: reporter.name,
    can: Object.keys(reporter.events),
    wanted,
    seen: facts,
    progress,
    measured: {
      share,
      scrolled: scrollPlace(element, scroll?.reachedPx, scroll?.shell),
      focused: own(element, 'ownerDocument').hasFocus(),
    },
    unknownOutcome: unknownOutcomeOf(facts, record.unknownOutcomes),
  }
}

/** Gives each fact the time of its attempt, by the clock of the tracker. */
function timed(seen: readonly SeenFact[], decisions: readonly Decision[]): readonly SeenFact[] {
  return seen.map((fact) => {
    const { time = fact.time } = decisions.find(({ number }) => number === fact.attempt) ?? {}
    return { ...fact, time }
  })
}

/** Facts of a component that has mounted anew, which its own memory no longer has. */
function factsInRecord({ component, events }: Reporter, decisions: readonly Decision[]): readonly SeenFact[] {
  const page = decisions.at(-1)?.page.number
  return decisions
    .filter(
      ({ trigger, page: at }) =>
        trigger.component === component && trigger.fact in events && !trigger.synthetic && at.number === page,
    )
    .map(({ trigger, properties = {}, time, number }) => ({
      ...trigger,
      payload: properties,
      time,
      attempt: number,
    }))
}

function unknownOutcomeOf(seen: readonly SeenFact[], unknown: readonly UnknownOutcome[]): string | undefined {
  const submission = seen.findLast(({ fact }) => fact === 'submit')?.attemptId
  const found = unknown.findLast(({ attemptId }) => attemptId === submission)
  return found && unknownWords[found.why]
}

import type { Lifecycle } from '../../platform/platform.ts'
import { attempt } from '../../support/attempt.ts'
import type { Knowledge } from '../knowledge.ts'
import { withoutTexts } from '../personal-data/texts.ts'
import type { Decision } from '../record/decision.ts'
import { byHand } from '../record/tracker-parts.ts'
import { MAX_HELD } from './hold.ts'
import { noScope, type Occurrence, type Properties, type TriggerContext } from './occurrence.ts'
import type { Pipeline } from './pipeline.ts'

interface EmissionOptions {
  readonly texts: boolean
  readonly lifecycle: Pick<Lifecycle, 'prerendering'>
  readonly now: () => number
  readonly known: Pick<Knowledge, 'identity' | 'surroundings'>
  readonly pipeline: Pick<Pipeline, 'admission' | 'earlier' | 'judge' | 'leave'>
  /** Releases what consent permits, before the next event. */
  readonly release: () => void
}

/**
 * Brings occurrences into the pipeline: at once, when a prerendered page is activated, or from an earlier page of this
 * tab.
 */
export function createEmission(options: EmissionOptions) {
  const { texts, lifecycle, now, known, release } = options
  const { identity, surroundings } = known
  const { admission, earlier, judge } = options.pipeline
  /** Occurrences on a prerendered page. Until its activation it is no visit: no id, no storage, no decision. */
  const unseen: { readonly occurrence: Occurrence; readonly number: number }[] = []
  /** False once the page is activated, which happens once. */
  let mayPrerender = true
  let leaving = false
  let disposed = false

  function waitForActivation(occurrence: Occurrence): Decision {
    if (unseen.length >= MAX_HELD) return admission.refuse(occurrence, 'dropped', 'queue-full')
    const decision = admission.refuse(occurrence, 'held', 'prerendering')
    unseen.push({ occurrence, number: decision.number })
    return decision
  }

  function leave(): void {
    leaving = true
    options.pipeline.leave()
  }

  return {
    emit(
      event: string,
      properties: Properties = {},
      trigger: TriggerContext = byHand,
      scope: Properties = noScope,
      id?: unknown,
      time = now(),
    ): Decision {
      admission.expire()
      // JavaScript callers may pass anything, even values that cannot be read.
      const name = typeof event === 'string' ? event : (attempt(() => String(event)) ?? '')
      const given = texts ? properties : (attempt(() => withoutTexts(properties, trigger)) ?? properties)
      const { page, device, added } = surroundings(scope)
      const happened = { event: name, properties: given, trigger, scope, page, device, time, added }
      if (disposed) return admission.refuse(happened, 'dropped', 'disabled')
      const occurrence = judge.freeze(happened, id)
      mayPrerender &&= lifecycle.prerendering()
      if (mayPrerender) return waitForActivation(occurrence)
      release()
      const decision = admission.admit(occurrence, identity.current())
      if (leaving) leave()
      return decision
    },
    /** Admits what an earlier page of this tab has held, and what happened while this page was prerendered. */
    begin(): void {
      earlier.begin()
      for (const { occurrence, number } of unseen.splice(0))
        admission.admit({ ...occurrence, time: now() }, identity.current(), number)
    },
    /** Called at `pagehide`, and again for triggers that report after it. */
    leave,
    isLeaving: () => leaving,
    /** Called when the page is back from the back/forward cache. */
    restored(): void {
      leaving = false
    },
    /** Ends emission. Returns what still waited for the activation. */
    dispose() {
      disposed = true
      return unseen
    },
  }
}

export type Emission = ReturnType<typeof createEmission>

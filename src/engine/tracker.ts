import type { AnyPlan } from '../plan/define-plan.ts'
// biome-ignore lint/plugin: the default platform is chosen here, and nowhere else
import { browserPlatform } from '../platform/browser.ts'
import type { Platform } from '../platform/platform.ts'
import { attempt } from '../support/attempt.ts'
import { withConsentSource } from '../support/consent-source.ts'
import { inertTracker } from './inert-tracker.ts'
import { createKnowledge } from './knowledge.ts'
import { joinPage } from './live-trackers.ts'
import { createPageLife } from './page/page-life.ts'
import { createConsentChanges } from './permission/consent-changes.ts'
import type { ConsentControl } from './permission/consent-types.ts'
import { notingCalls } from './pipeline/call-sites.ts'
import { idsOf } from './pipeline/compose-event.ts'
import { createEmission } from './pipeline/emission.ts'
import { type Emit, withEmitter } from './pipeline/emitter.ts'
import type { Properties } from './pipeline/occurrence.ts'
import { createPipeline } from './pipeline/pipeline.ts'
import { onConsent } from './record/on-consent.ts'
import { partsOf, withParts } from './record/tracker-parts.ts'
import { settingsOf } from './settings.ts'
import type { Tracker, TrackOptions } from './tracker-api.ts'
import type { TrackerOptions } from './tracker-options.ts'

/** Creates the tracker of one plan. On a server it accepts every call and emits nothing. */
export function createTracker<P extends AnyPlan>(options: TrackerOptions<P>): Tracker<P> {
  const platform = options.platform ?? browserPlatform()
  if (!platform) return inertTracker(options.plan, 'not-in-browser') as unknown as Tracker<P>
  return trackerOn(platform, options) as unknown as Tracker<P>
}

/** Returns the id that a caller gave, which may be a getter that throws. */
const idIn = (given: TrackOptions | undefined) => attempt(() => given?.id)

/**
 * Creates the parts of the tracker, each of which uses only earlier ones: what is known, the pipeline, and the life of
 * the page.
 */
function trackerOn(platform: Platform, options: TrackerOptions<AnyPlan>) {
  const { lifecycle, now } = platform
  const { replaces } = options
  replaces?.dispose()
  const settings = settingsOf(options)
  const bornAt = now()
  const { plan, texts, storageNeed } = settings
  const known = createKnowledge(platform, settings, replaces && partsOf(replaces)?.known.consent.answers())
  const { advice, identity, record, storage, users, visits } = known
  const pipeline = createPipeline(platform, settings, known)
  const changes = createConsentChanges({ storageNeed, lifecycle, now, known, pipeline })
  const emission = createEmission({ texts, lifecycle, now, known, pipeline, release: changes.release })
  const pageLife = createPageLife({ platform, settings, known, pipeline, emission, changes })
  let disposed = false

  // A given platform, as in a test, has a storage of its own.
  if (!options.platform) advice?.joins()

  const consentControl: ConsentControl = {
    get: known.consent.get,
    update: changes.update,
    subscribe: (listener) => onConsent(known.consent.get, record.view, listener),
  }
  const emit: Emit = process.env.NODE_ENV === 'production' ? emission.emit : notingCalls(emission.emit)
  const tracker = {
    plan,
    track: (event: string, properties?: Properties, given?: TrackOptions) =>
      emit(event, properties, undefined, undefined, idIn(given)),
    page: pageLife.open,
    identify: users.identify,
    reset: users.reset,
    consent: withConsentSource(consentControl, advice?.answersCome),
    context: () =>
      known.isSettled() && known.forStorage() === 'granted'
        ? { ...idsOf(identity.current()), consent: known.consent.get() }
        : undefined,
    onPageEnd: known.pages.onEnd,
    onVisit: visits.listen,
    onReset: users.onReset,
    flush: () => pageLife.reported().then(pipeline.flush),
    record: record.view,
    journey: pipeline.journey,
    dispose() {
      if (disposed) return
      disposed = true
      pageLife.dispose()
      leavePage()
      changes.dispose()
      users.dispose()
      pipeline.dispose(emission.dispose())
      identity.detach()
      storage.close()
    },
  }
  const made = withParts(withEmitter(tracker, emit), {
    settings,
    bornAt,
    isLive: () => !disposed,
    newId: platform.newId,
    track: emission.emit,
    known,
    judge: pipeline.judge,
    status: pipeline.deliveries.status,
  })
  const leavePage = joinPage(made, options.platform !== undefined)
  pageLife.begin()
  return made
}

import type { Platform } from '../../platform/platform.ts'
import type { Knowledge } from '../knowledge.ts'
import type { ConsentChanges } from '../permission/consent-changes.ts'
import type { Emission } from '../pipeline/emission.ts'
import type { Properties } from '../pipeline/occurrence.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { Decision } from '../record/decision.ts'
import type { Settings } from '../settings.ts'
import type { PageInput } from './page.ts'
import { createPageViews, type WhenItStays } from './page-views.ts'

interface PageLifeOptions {
  readonly platform: Pick<Platform, 'lifecycle' | 'now'>
  readonly settings: Pick<Settings, 'plan' | 'texts'>
  readonly known: Knowledge
  readonly pipeline: Pick<Pipeline, 'deliveries' | 'journey'>
  readonly emission: Emission
  readonly changes: Pick<ConsentChanges, 'permitStorage'>
}

/** Handles the life of the page: its views, and what happens when it begins, is hidden, is left and comes back. */
export function createPageLife(options: PageLifeOptions) {
  const { settings, known, emission, changes } = options
  const { lifecycle, now } = options.platform
  const { deliveries, journey } = options.pipeline
  const { identity, landing, ledger, notObserved, pages, shadowLedger, storage } = known
  const views = createPageViews(pages, now, emitPageView)

  function emitPageView(time: number, scope: Properties): Decision | undefined {
    if (!pages.named() || !settings.plan.events.has('page_view')) return undefined
    const { url, title, referrer, type, number } = pages.current()
    const properties = {
      page_location: url,
      page_title: title,
      page_referrer: referrer,
      ...(type !== undefined && { page_type: type }),
    }
    const trigger = { component: 'page', fact: 'view', factKey: String(number) }
    return emission.emit('page_view', properties, trigger, scope, undefined, time)
  }

  /** Starts a page scope. `ended` is the number of the page before. */
  function beginScope(ended: number): void {
    journey?.begin()
    if (pages.number() === ended) return
    for (const each of [ledger, shadowLedger]) each.forget('page', String(ended))
  }

  function begin(): void {
    landing.keep()
    changes.permitStorage()
    emission.begin()
  }

  function restored(): void {
    emission.restored()
    const ended = pages.number()
    pages.renew()
    storage.recheck()
    // The page may be left again before storage is ready.
    void storage.ready().then(() => emission.isLeaving() || deliveries.restored())
    beginScope(ended)
    views.begin()
  }

  const stops = [
    lifecycle.onActivated(begin),
    lifecycle.onHidden((last) => {
      views.report()
      if (last || emission.isLeaving()) emission.leave()
      else void deliveries.flush('hidden')
    }),
    lifecycle.onRestored(restored),
    lifecycle.onActivity(identity.touch),
    lifecycle.onFrozen((frozen) => (frozen ? storage.doubt() : storage.recheck())),
    lifecycle.onStorage((key, value) => {
      storage.onStorage(key, value)
      journey?.onStorage(key)
    }),
  ]

  return {
    /** Begins at once, or at the activation of a prerendered page. */
    begin(): void {
      if (!lifecycle.prerendering()) begin()
    },
    /**
     * Opens a page. `scope` and `whenItStays` are for `usePage`: the scope around it, and when the page stays.
     * JavaScript callers may pass any value: a value that names no page opens none.
     */
    open(input: PageInput = {}, scope: Properties = {}, whenItStays?: WhenItStays): Decision | undefined {
      const ended = pages.number()
      try {
        if (!pages.open(settings.texts ? input : { ...input, title: undefined })) return undefined
      } catch (error) {
        notObserved('Page', '', error)
        return undefined
      }
      beginScope(ended)
      return views.begin(scope, whenItStays)
    },
    /** Resolves when all page views are reported. */
    reported: views.reported,
    /** Reports a page view that is still due, and stops listening. */
    dispose(): void {
      views.report()
      for (const stop of stops) stop()
    },
  }
}

export type PageLife = ReturnType<typeof createPageLife>

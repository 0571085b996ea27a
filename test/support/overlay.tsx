import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { definePlan, event, typed } from 'react-microconversions/core'
import {
  MicroconversionDevtools,
  type ProductionDevtoolsProps,
} from 'react-microconversions/devtools/production'
import { page } from 'vitest/browser'
import { createStore } from 'zustand/vanilla'
// Loaded here, so that no test waits for a cold server: the component imports them lazily.
import '../../src/devtools/mount-overlay.tsx'
import '../../src/devtools/page/page-marks.tsx'
import '../../src/devtools/timeline/detail.tsx'
import '../../src/devtools/timeline/filter-fields.tsx'
import '../../src/devtools/timeline/view-options.tsx'
import type { Decision, Outcome } from '../../src/engine/record/decision.ts'
import type { RecordState } from '../../src/engine/record/record-view.ts'
import type { AnyTracker } from '../../src/engine/tracker-api.ts'

export const plan = definePlan({
  name: 'acme',
  version: '3',
  events: {
    pricing_clicked: event({
      description: 'Opens pricing from any call to action',
      stage: 'consideration',
      goal: 'demo_booked',
      owner: 'growth',
      frequency: 'once-per-session',
      properties: typed<{ tier: string }>(),
    }),
    tour_watched: event({
      frequency: { max: 1, per: { window: '10min' }, key: ({ mark }) => mark },
      properties: typed<{ mark: string }>(),
    }),
    link_followed: event({ properties: typed<{ index: number }>() }),
    demo_booked: event({ macro: true, frequency: 'once-per-user' }),
    chat_opened: event({ status: 'draft' }),
  },
})

/** An app with the overlay, in StrictMode. Returns its unmount. */
export function mountApp(props: Partial<ProductionDevtoolsProps>): () => void {
  const container = document.createElement('div')
  document.body.append(container)
  const root = createRoot(container)
  root.render(
    <StrictMode>
      <main>
        <h1>App</h1>
        <input aria-label="App field" />
        <MicroconversionDevtools enabled because="it is under test" {...props} />
      </main>
    </StrictMode>,
  )
  return () => {
    root.unmount()
    container.remove()
  }
}

export const hosts = () => document.querySelectorAll('rmc-devtools')
export const shadow = () => hosts()[0]?.shadowRoot as ShadowRoot
export const rows = () => [...shadow().querySelectorAll<HTMLElement>('[role=option]')]
export const launcher = () => page.getByRole('button', { name: 'Open microconversions' })
export const tab = (name: string) => page.getByRole('tab', { name })
export const option = (name: string | RegExp) => page.getByRole('option', { name })

/** A tracker whose record is written by hand. */
export function recordedTracker(decisions: readonly Decision[]) {
  const counts: Record<string, Record<Outcome, number>> = {}
  const count = ({ event, outcome }: Decision) => {
    const byOutcome = { fired: 0, held: 0, dropped: 0, shadowed: 0, ...counts[event] }
    counts[event] = { ...byOutcome, [outcome]: byOutcome[outcome] + 1 }
  }
  decisions.forEach(count)
  const store = createStore<RecordState>(() => ({
    decisions,
    forgotten: 0,
    counts: { ...counts },
    delivered: {},
    personalData: {},
    anomalies: {},
    consent: { analytics: 'granted', marketing: 'pending' },
    storage: 'persistent',
  }))
  let watchers = 0
  const tracker: AnyTracker = {
    plan,
    page: () => undefined,
    identify: () => {},
    reset: () => {},
    context: () => undefined,
    consent: { get: () => store.getState().consent, update: () => {}, subscribe: () => () => {} },
    onPageEnd: () => () => {},
    onVisit: () => () => {},
    onReset: () => () => {},
    flush: async () => {},
    dispose: () => {},
    record: {
      get: store.getState,
      subscribe: store.subscribe,
      watch: () => {
        watchers++
        return () => {
          watchers--
        }
      },
      clear: () => store.setState({ decisions: [] }),
    },
    journey: undefined,
  }
  function add(...added: Decision[]): void {
    for (const decision of added) {
      count(decision)
      store.setState(({ decisions: before }) => ({ decisions: [...before, decision], counts: { ...counts } }))
    }
  }
  return { tracker, add, watchers: () => watchers }
}

export function decision(number: number, change: Partial<Decision> = {}): Decision {
  return {
    number,
    event: 'link_followed',
    outcome: 'fired',
    reason: 'admitted',
    time: Date.now() - 1000,
    page: {
      number: 1,
      url: 'https://acme.test/pricing',
      path: '/pricing',
      title: 'Pricing',
      referrer: 'https://search.test/',
    },
    trigger: { component: 'PricingLink', fact: 'click' },
    scope: {},
    properties: { index: number },
    frequency: [],
    consent: { analytics: 'granted', marketing: 'pending' },
    sampleRate: 1,
    deliveries: { http: { state: 'sent', attempts: 1 } },
    eventId: `event-${number}`,
    ...change,
  }
}

/** No two neighbours are equal: each has a row. */
export function decisions(length: number): Decision[] {
  return Array.from({ length }, (_, index) => alternating(index + 1))
}

export function alternating(number: number): Decision {
  return decision(number, { trigger: { component: number % 2 ? 'PricingLink' : 'NavLink', fact: 'click' } })
}

/** What the tester chose in the test before. */
export function forgetChoices(): void {
  localStorage.clear()
  sessionStorage.clear()
}

/** One of each kind, with everything that the detail pane can show. */
export function variedDecisions(): Decision[] {
  const once = { rule: { max: 1, per: 'session' }, per: 'session', key: '', count: 1, open: false } as const
  const properties = { tier: 'pro', seats: { paid: 3, addons: ['sso', 'audit'] }, note: 'x'.repeat(400) }
  return [
    decision(1, { properties, scope: { section: 'hero' }, frequency: [{ ...once, count: 0, open: true }] }),
    decision(2, {
      outcome: 'held',
      reason: 'consent-pending',
      deliveries: { http: { state: 'held', attempts: 0 } },
    }),
    decision(3, {
      event: 'pricing_clicked',
      outcome: 'dropped',
      reason: 'frequency',
      deliveries: {},
      eventId: undefined,
      frequency: [{ ...once, earlier: Date.now() - 12_000, key: 'tier:pro' }],
      trigger: {
        component: 'TrackedForm',
        fact: 'start',
        factKey: 'demo',
        attemptId: 'a-1',
        fromEffect: true,
      },
    }),
    decision(4, { event: 'demo_bookd', outcome: 'dropped', reason: 'unknown-event', deliveries: {} }),
    decision(5, {
      issues: [{ message: 'expected a number', path: ['index'] }],
      deliveries: {
        http: {
          state: 'rejected',
          attempts: 3,
          error: 'HTTP 400',
          notes: ['details left out'],
          payload: '{"name":"link_followed","properties":{"rank":5},"sessionId":"s-1"}',
          requests: [
            {
              requestId: 'request-1',
              transport: 'fetch',
              url: 'https://collect.test/events',
              eventIds: ['event-5', 'event-of-an-earlier-page'],
              sentAt: Date.now() - 900,
              answeredAt: Date.now() - 850,
              status: 400,
              error: 'HTTP 400',
              body: '{"error":"index is no rank"}',
            },
          ],
        },
      },
    }),
    decision(6, {
      outcome: 'shadowed',
      reason: 'shadow',
      would: { outcome: 'fired', reason: 'admitted' },
      deliveries: {},
    }),
    decision(7, {
      first: { outcome: 'held', reason: 'consent-pending' },
      properties: undefined,
      sampleRate: 0.1,
    }),
  ]
}

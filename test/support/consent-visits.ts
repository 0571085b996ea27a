import fc from 'fast-check'
import type { ConsentState, ConsentUpdate } from '../../src/engine/permission/consent-types.ts'
import { MINUTE_MS } from './tracking.ts'

export const events = [
  'step_taken',
  'page_looked',
  'demo_booked',
  'product_picked',
  'ours_only',
  'theirs_only',
] as const
export type EventName = (typeof events)[number]

const conducts = ['well', 'throws', 'final', 'hangs'] as const
export type Conduct = (typeof conducts)[number]

export interface Setting {
  readonly initial: ConsentUpdate
  readonly hold: 'memory' | 'tab' | 'none'
  readonly gpc: boolean
  /** What `http()` needs, if it is one of the destinations. */
  readonly outbox: 'analytics' | 'marketing' | undefined
  /** The second tab hears of what the others store only when it is told to. */
  readonly late: boolean
  /** How long the steps of the database take, in turns of promises. */
  readonly pace: readonly number[]
}

/** What happens in one tab, and how many turns of promises pass after it. */
export type Action = { readonly tab: number; readonly turns: number } & (
  | { readonly does: 'track'; readonly event: EventName; readonly product: string }
  | { readonly does: 'answer'; readonly change: ConsentUpdate | ConsentState; readonly overrideGpc: boolean }
  | { readonly does: 'conduct'; readonly destination: string; readonly conduct: Conduct }
  | { readonly does: 'reply'; readonly well: boolean }
  | { readonly does: 'wait'; readonly ms: number }
  | { readonly does: 'identify'; readonly user: string }
  | { readonly does: 'open' | 'reload' | 'close' | 'hide' | 'leave' | 'restore' }
  | { readonly does: 'reset' | 'page' | 'flush' | 'hear' | 'clear' | 'freeze' | 'resume' }
)

const state = fc.constantFrom<ConsentState>('granted', 'denied', 'pending')
const change = fc.oneof(
  state,
  fc.record({ analytics: state }),
  fc.record({ marketing: state }),
  fc.record({ analytics: state, marketing: state }),
)

/** What one kind of action has besides its tab. */
function of<Kind extends Action['does'], Rest extends object>(
  weight: number,
  kinds: readonly Kind[],
  rest: { readonly [K in keyof Rest]: fc.Arbitrary<Rest[K]> },
) {
  const arbitrary = fc.record({
    does: fc.constantFrom(...kinds),
    tab: fc.nat(2),
    turns: fc.constantFrom(0, 0, 1, 2, 4, 8, 16, 40, 300),
    ...rest,
  }) as unknown as fc.Arbitrary<Action>
  return { weight, arbitrary }
}

const action = fc.oneof(
  of(8, ['track'], { event: fc.constantFrom(...events), product: fc.constantFrom('one', 'other') }),
  of(7, ['answer'], { change, overrideGpc: fc.boolean() }),
  of(2, ['conduct'], {
    destination: fc.constantFrom('measure', 'ads', 'outbox'),
    conduct: fc.constantFrom(...conducts),
  }),
  of(2, ['reply'], { well: fc.boolean() }),
  of(2, ['wait'], { ms: fc.constantFrom(10, 60, 2_500, 31_000, 31 * MINUTE_MS) }),
  of(1, ['identify'], { user: fc.constantFrom('ada', 'grace') }),
  of(5, ['open', 'reload', 'close', 'hide', 'leave', 'restore'], {}),
  of(3, ['reset', 'page', 'flush', 'hear'], {}),
  of(2, ['clear', 'freeze', 'resume'], {}),
)

export const visits = {
  setting: fc.record<Setting>({
    initial: fc.record({ analytics: state, marketing: state }),
    hold: fc.constantFrom('memory', 'memory', 'tab', 'none'),
    gpc: fc.constantFrom(false, false, false, true),
    outbox: fc.constantFrom(undefined, 'analytics', 'marketing'),
    late: fc.boolean(),
    pace: fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }),
  }),
  actions: fc.array(action, { maxLength: 14, size: 'max' }),
}

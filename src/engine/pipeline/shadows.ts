import { underEach } from '../../support/records.ts'
import type { Advice } from '../decision/advice.ts'
import type { Deliveries } from '../delivery/deliveries.ts'
import type { DecisionRecord } from '../record/record.ts'
import type { Attempt } from './attempt.ts'
import type { Claiming } from './claiming.ts'
import type { Composer } from './compose-event.ts'

interface ShadowsOptions {
  readonly newId: () => string
  readonly composer: Composer
  readonly states: Deliveries['states']
  readonly claiming: Pick<Claiming, 'add'>
  readonly record: Pick<DecisionRecord, 'deliver'>
  readonly advice: Pick<Advice, 'threw'> | undefined
}

/** Sends shadow events to the destinations that ask for them. */
export function createShadows({ newId, composer, states, claiming, record, advice }: ShadowsOptions) {
  return {
    /**
     * Sends a shadow event that would have been sent if it were live. It claims no counts, which are counted apart, and
     * has a random id: a server must not take it for the live event.
     */
    send(attempt: Attempt): void {
      const names = states().flatMap(({ name, shadow, consent }) =>
        shadow && consent === 'granted' && name in attempt.eligible ? name : [],
      )
      if (names.length === 0) return
      const verdict = { ...attempt.verdict, claims: [], refused: {} }
      const sent = { ...attempt, verdict, randomId: newId(), eligible: underEach(names, 'granted' as const) }
      const { composed, error } = composer.compose(sent)
      if (error) advice?.threw(attempt.occurrence.event, error)
      if (!composed) return
      for (const name of names) record.deliver(attempt.number, name, { state: 'queued' })
      claiming.add({ ...sent, composed })
    },
  }
}

export type Shadows = ReturnType<typeof createShadows>

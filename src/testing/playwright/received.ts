import type { EventRow } from '../../collector/rows/row.ts'
import type { Decision } from '../../engine/record/decision.ts'
import { MicroconversionError } from '../../support/errors.ts'
import { messageOf } from '../../support/message-of.ts'

/** Asks a collector that `microconversions collect --memory` started for the events of some decisions. Throws RMC680 and RMC681. */
export async function receivedBy(
  collector: string | undefined,
  decisions: readonly Decision[],
): Promise<readonly EventRow[]> {
  if (collector === undefined)
    throw new MicroconversionError(
      'RMC680',
      "received() has no collector to ask. Start one as webServer, `npx microconversions collect --memory`, and name its address: test.use({ microconversionsOptions: { collector: 'http://127.0.0.1:4318' } }).",
    )
  const ids = decisions.flatMap(({ eventId }) => eventId ?? [])
  const answer = await fetch(new URL('/received', collector), {
    method: 'POST',
    body: JSON.stringify(ids),
  }).catch((error) => unanswered(collector, messageOf(error)))
  if (!answer.ok) unanswered(collector, `status ${answer.status}`)
  return answer.json()
}

function unanswered(collector: string, why: string): never {
  throw new MicroconversionError(
    'RMC681',
    `The collector at ${collector} does not say what it has received (${why}). Start \`npx microconversions collect\` as webServer of playwright.config.ts, with the same port.`,
  )
}

// @vitest-environment jsdom
import { userEvent } from '@testing-library/user-event'
import { definePlan, event, type Frequency, PricingLink } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { expect, test } from 'vitest'
// Loaded now: `session()` would load it in the middle of the test, which takes long.
import '../../../../src/devtools/later.ts'
import { type AgentBridge, openAgentBridge } from '../../../../src/devtools/session/agent-bridge.ts'
import { storybookPlay } from '../../../../src/devtools/session/page-test.ts'
import { failureOfPlay } from '../../../support/run-generated.ts'

/** Renders the story of a link that counts as often as `frequency` says, with the session that an overlay would offer. */
async function inStory<T>(
  frequency: Frequency | undefined,
  use: (canvas: ReturnType<typeof renderWithTracking>) => Promise<T>,
): Promise<T> {
  const plan = definePlan({ name: 'shop', version: '1', events: { pricing_clicked: event({ frequency }) } })
  const link = (
    <PricingLink event="pricing_clicked" href="#pricing">
      See pricing
    </PricingLink>
  )
  const canvas = renderWithTracking(link, { plan })
  const close = openAgentBridge(canvas.tracker)
  try {
    return await use(canvas)
  } finally {
    close()
    canvas.unmount()
  }
}

const run = (code: string, frequency: Frequency | undefined) =>
  inStory(frequency, (canvas) => failureOfPlay(code, { canvas, userEvent }))

test('a generated play function passes while what was recorded happens, and says what happens in its place', async () => {
  const [code, missing] = await inStory('once-per-session', async (canvas) => {
    const link = canvas.getByRole('link')
    await userEvent.dblClick(link)
    const { session } = window.__microconversions__ as AgentBridge
    const options = { elementOf: () => link }
    return [
      storybookPlay(await session(), [1, 2], options),
      storybookPlay(await session(), [1], { ...options, missing: 'demo_booked' }),
    ] as const
  })
  expect(await run(code, 'once-per-session')).toBeUndefined()
  expect(await run(code, undefined)).toContain(
    '"pricing_clicked" was not dropped (frequency).\nThe closest of its 2 attempts: no. 2, of PricingLink (click)\n  fired: admitted',
  )
  expect(await run(missing, 'once-per-session')).toContain(
    '"demo_booked" did not fire.\nIt was never attempted.\nAttempted were: pricing_clicked.',
  )
})

import type { StoryContext } from '@storybook/react-vite' // or your framework
import type {} from 'react-microconversions/devtools' // types window.__microconversions__
import { expectTracking } from 'react-microconversions/testing/matchers'
import { waitFor } from 'storybook/test'

// From a session of plan stories 1, 2026-01-01T00:01:00.000Z.
/** For a story that shows the overlay: `meta.story({ play })`. */
export async function play(context: StoryContext) {
  // 1. pricing_clicked, of PricingLink (click)
  await context.userEvent.click(context.canvas.getByRole('link', { name: 'See pricing' }))
  // 2. pricing_clicked, of PricingLink (click)
  await context.userEvent.click(context.canvas.getByRole('link', { name: 'See pricing' }))

  await context.step('pricing_clicked fires, then is dropped (frequency)', () =>
    waitFor(
      async () => {
        const session = await window.__microconversions__?.session()
        expectTracking(session).toHaveDropped('pricing_clicked', 'frequency')
        expectTracking(session).toHaveFiredTimes('pricing_clicked', 1)
      },
      { timeout: 10_000 }, // until the overlay is loaded
    ),
  )
}

import { createRoot } from 'react-dom/client'
import {
  definePlan,
  event,
  MicroconversionProvider,
  TrackingScope,
  typed,
  useTrack,
} from 'react-microconversions'
import { createTestTracker } from 'react-microconversions/testing'
import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'

const plan = definePlan({
  name: 'shop',
  version: '1',
  events: { order_paid: event({ properties: typed<{ items: string[] }>() }) },
})

function Pay({ items }: { readonly items: string[] }) {
  const track = useTrack<typeof plan>()
  return (
    <button
      type="button"
      onClick={() => {
        track('order_paid', { items }, { id: 'A-1' })
        items.length = 0
      }}
    >
      Pay
    </button>
  )
}

test('useTrack takes an id, with the scope around it, and what was given stays as it was', async () => {
  const { tracker, destination } = createTestTracker(plan)
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  onTestFinished(() => {
    root.unmount()
    container.remove()
    tracker.dispose()
  })
  const place = { names: ['cart'] }
  root.render(
    <MicroconversionProvider tracker={tracker}>
      <TrackingScope properties={place as never}>
        <Pay items={['boots']} />
      </TrackingScope>
    </MicroconversionProvider>,
  )
  await page.getByRole('button', { name: 'Pay' }).click()
  place.names.length = 0
  await tracker.flush()
  expect(destination.events).toMatchObject([
    { id: 'A-1', properties: { items: ['boots'] }, context: { scope: { names: ['cart'] } } },
  ])
})

import { renderToString } from 'react-dom/server'
import {
  createTracker,
  definePlan,
  Impression,
  MicroconversionProvider,
  standardEvents,
  useAttention,
  useDwell,
  useScrollDepth,
} from 'react-microconversions'
import { expect, test } from 'vitest'

const plan = definePlan({
  name: 'seen',
  version: '1',
  events: { ...standardEvents.visibility, ...standardEvents.scroll, ...standardEvents.attention },
})

function Page() {
  useAttention()
  useScrollDepth()
  const ref = useDwell({ name: 'page' })
  return (
    <main ref={ref}>
      <Impression name="hero">
        <h1 className="hero">Hello</h1>
      </Impression>
    </main>
  )
}

test('on a server they are the elements alone, and nothing happens', () => {
  const tracker = createTracker({ plan })
  const html = renderToString(
    <MicroconversionProvider tracker={tracker}>
      <Page />
    </MicroconversionProvider>,
  )
  expect(html).toBe('<main><h1 class="hero">Hello</h1></main>')
  expect(tracker.record.get().decisions).toEqual([])
})

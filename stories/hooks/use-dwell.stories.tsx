import { useDwell } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { Closable } from '../support/closable.tsx'
import { gives, takes } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useDwell',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "Reports how long an element was in view, when the tab is hidden, the page ends or the element is removed. Each report has the time since the last one, so that you can add them up.\n\n```tsx\n<section ref={useDwell({ name: 'offer' })}>\n```",
      },
    },
    ...tracking({ plan: seenPlan }),
  },
  argTypes: {
    name: takes('string', 'Name of the element, reported as `element_name`.'),
    itemKey: takes('string', 'Distinguishes elements with the same name, such as the id of a product.'),
    visibleRatio: takes(
      'number',
      'Visible share of the element, or of the viewport if that is smaller, on each axis.',
      '0.5',
    ),
    dwell: takes(
      'Duration',
      'Minimum time in view, such as `500ms` or `2s`. A shorter time is not reported.',
      "'1s'",
    ),
    events: takes(
      '{ dwell: event | { event, properties } }',
      'Event to report. Default: `element_dwelled`, if it is in the plan.',
    ),
    properties: takes('{ [property: string]: PropertyValue }', 'Properties that are added to the fact.'),
    ref: gives('RefCallback<Element>', 'Ref for any element.'),
  },
})

function Offer() {
  const ref = useDwell({ name: 'offer', dwell: '200ms' })
  return <p ref={ref}>An offer</p>
}

/** Reports how long an element was in view after its impression. */
export const UntilItGoes = meta.story({
  render: () => (
    <Closable name="offer">
      <Offer />
    </Closable>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await new Promise((resolve) => setTimeout(resolve, 600))
    await userEvent.click(canvas.getByRole('button'))
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['element_dwelled fired']))
    const [event] = await arrived(canvasElement)
    await expect(event?.properties['visible_seconds']).toBeGreaterThan(0.2)
  },
})

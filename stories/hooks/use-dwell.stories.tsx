import { useDwell } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { Closable } from '../support/closable.tsx'
import { gives, takes } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './use-dwell.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useDwell',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          "How long an element was in view: reported when the tab is hidden, the page ends or the element goes. Each report holds the time since the last one, so that they add up.\n\n```tsx\n<section ref={useDwell({ name: 'offer' })}>\n```",
      },
    },
    ...tracking({ plan: seenPlan }),
  },
  argTypes: {
    name: takes('string', 'Says what is seen: `element_name`.'),
    itemKey: takes('string', 'Tells elements of one name apart, such as the id of a product.'),
    visibleRatio: takes('number', 'Of the smaller of element and viewport, on each axis.', '0.5'),
    dwellMs: takes('number', 'Less than this is no impression, and not reported.', '1000'),
    events: takes(
      '{ dwell: event | { event, properties } }',
      'Default: `element_dwelled`, where the plan has it.',
    ),
    properties: takes('{ [name]: value }', 'Joined to the fact.'),
    ref: gives('RefCallback<Element>', 'For any element.'),
  },
})

function Offer() {
  const ref = useDwell({ name: 'offer', dwellMs: 200 })
  return <p ref={ref}>An offer</p>
}

/** Why: a glance and a minute are one impression each; the time tells them apart. */
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

import { useImpression } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { gives, takes } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useImpression',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "Returns a ref for an element of your own, and reports when the user has seen it, as `Impression` does.\n\n```tsx\n<section ref={useImpression({ name: 'pricing' })}>\n```",
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
      'Time in view without interruption, in a visible tab, such as `500ms` or `2s`.',
      "'1s'",
    ),
    cumulative: takes('boolean', 'True adds several times in view up to `dwell`.', 'false'),
    unobstructed: takes('boolean', 'True requires that nothing covers the element.', 'false'),
    events: takes(
      '{ impression: event | { event, properties } }',
      'Event to report. Default: `element_viewed`, if it is in the plan.',
    ),
    properties: takes('{ [property: string]: PropertyValue }', 'Properties that are added to the fact.'),
    ref: gives('RefCallback<Element>', 'Ref for any element.'),
  },
})

function Quote() {
  const ref = useImpression({ name: 'quote', dwell: '200ms' })
  return <blockquote ref={ref}>It just works.</blockquote>
}

/** Observes an element of your own by a ref. */
export const OwnElement = meta.story({
  render: () => <Quote />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['element_viewed fired']))
  },
})

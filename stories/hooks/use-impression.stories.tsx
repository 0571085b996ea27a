import { useImpression } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { gives, takes } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { verdicts } from '../support/verdicts.ts'
import file from './use-impression.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useImpression',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          "What `Impression` does, as a ref for an element of your own.\n\n```tsx\n<section ref={useImpression({ name: 'pricing' })}>\n```",
      },
    },
    ...tracking({ plan: seenPlan }),
  },
  argTypes: {
    name: takes('string', 'Says what is seen: `element_name`.'),
    itemKey: takes('string', 'Tells elements of one name apart, such as the id of a product.'),
    visibleRatio: takes('number', 'Of the smaller of element and viewport, on each axis.', '0.5'),
    dwellMs: takes('number', 'So long at a stretch, in a visible tab.', '1000'),
    cumulative: takes('boolean', 'Stretches add up.', 'false'),
    unobstructed: takes('boolean', 'Nothing may cover it meanwhile.', 'false'),
    events: takes(
      '{ impression: event | { event, properties } }',
      'Default: `element_viewed`, where the plan has it.',
    ),
    properties: takes('{ [name]: value }', 'Joined to the fact.'),
    ref: gives('RefCallback<Element>', 'For any element.'),
  },
})

function Quote() {
  const ref = useImpression({ name: 'quote', dwellMs: 200 })
  return <blockquote ref={ref}>It just works.</blockquote>
}

/** Why: an element of your own, without a component around it. */
export const OwnElement = meta.story({
  render: () => <Quote />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['element_viewed fired']))
  },
})

import { useScrollDepth } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { gives, takes } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './use-scroll-depth.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useScrollDepth',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          "How far the visitor scrolls through the page, or through the element that the ref is put on; with it, how much of it stood still long enough to be read. Nothing is reported before the visitor acts: a restored position is not reading.\n\n```tsx\nuseScrollDepth()                                      // the page\n<div ref={useScrollDepth({ name: 'terms' })}>          // a container, or content that is scrolled by what is around it\n```\n\nThe page is the document if it can scroll. In an app shell it is the first element that the visitor scrolls and that is, contains or is inside `<main>`; without a `<main>`, one that covers 60 % of the viewport. A gesture belongs to the page on which it began.",
      },
    },
    ...tracking({ plan: seenPlan }),
  },
  argTypes: {
    name: takes('string', 'Says what is scrolled: `scroll_name`.', "'page'"),
    marks: takes('number[]', 'Percent, each passed once.', '[25, 50, 75, 90]'),
    mode: takes(
      "'content' | 'travel'",
      '`content`: what came into view, as GA4 has it. `travel`: of the way that can be scrolled.',
      "'content'",
    ),
    readMs: takes('number', 'So long in view, and a screenful counts as read.', '4000'),
    events: takes('{ depth: event | { event, properties } }', 'Default: `scroll`, where the plan has it.'),
    properties: takes('{ [name]: value }', 'Joined to every fact.'),
    ref: gives('RefCallback<Element>', 'For a scroll container, or for content; unused, the page is meant.'),
  },
})

function Terms() {
  const ref = useScrollDepth({ name: 'terms', readMs: 100 })
  return (
    <section
      ref={ref}
      aria-label="Terms"
      style={{ height: 120, overflow: 'auto' }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards scroll what has the focus
      tabIndex={0}
    >
      <p style={{ height: 1_200 }}>Terms and conditions</p>
    </section>
  )
}

/** Why: a jump to the end passes every mark, in order, and says that nothing was read. */
export const JumpToTheEnd = meta.story({
  render: () => <Terms />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const terms = canvas.getByLabelText('Terms')
    await userEvent.click(terms)
    terms.scrollTop = 1_200
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(4))
    const events = await arrived(canvasElement)
    await expect(events.map(({ properties }) => properties['percent_scrolled'])).toEqual([25, 50, 75, 90])
    await expect(events.at(-1)?.properties['reading']).toBe('skimmer')
  },
})

/** Why: who stays with each part is a reader, and may be worth more than ten who scroll by. */
export const Reader = meta.story({
  render: () => <Terms />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const terms = canvas.getByLabelText('Terms')
    await userEvent.click(terms)
    for (let y = 120; y <= 1_200; y += 120) {
      await new Promise((resolve) => setTimeout(resolve, 200))
      terms.scrollTop = y
    }
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(4))
    const events = await arrived(canvasElement)
    await expect(events.at(-1)?.properties['reading']).toBe('reader')
  },
})

/** Why: a browser that restores a position scrolls too, and nobody has read anything. */
export const RestoredPosition = meta.story({
  render: () => <Terms />,
  play: async ({ canvas, canvasElement }) => {
    canvas.getByLabelText('Terms').scrollTop = 1_200
    await new Promise((resolve) => setTimeout(resolve, 200))
    await expect(verdicts(canvasElement)).toEqual([])
  },
})

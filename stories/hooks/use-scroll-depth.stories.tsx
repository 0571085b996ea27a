import { useScrollDepth } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { gives, takes } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useScrollDepth',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "Reports how far the user scrolls through the page, or through the element with the ref, and how much of it was in view long enough to be read. It reports nothing before the user acts, because browsers restore scroll positions.\n\n```tsx\nuseScrollDepth()                                      // the page\n<div ref={useScrollDepth({ name: 'terms' })}>          // a container, or content that is scrolled by what is around it\n```\n\nThe page is the document if it can scroll. In an app shell it is the first element that the user scrolls and that is, contains or is inside `<main>`; without a `<main>`, one that covers 60 % of the viewport. A gesture belongs to the page on which it began.",
      },
    },
    ...tracking({ plan: seenPlan }),
  },
  argTypes: {
    name: takes('string', 'Name of the content, reported as `scroll_name`.', "'page'"),
    marks: takes('number[]', 'Marks in percent. Each is reported once.', '[25, 50, 75, 90]'),
    mode: takes(
      "'content' | 'travel'",
      '`content`: the share of the content that came into view, as in GA4. `travel`: the share of the scrollable distance.',
      "'content'",
    ),
    read: takes('Duration', 'Time in view after which a screenful counts as read.', "'4s'"),
    events: takes(
      '{ depth: event | { event, properties } }',
      'Event to report. Default: `scroll`, if it is in the plan.',
    ),
    properties: takes('{ [property: string]: PropertyValue }', 'Properties that are added to every fact.'),
    ref: gives(
      'RefCallback<Element>',
      'Ref for a scroll container or its content. Without it, the page is observed.',
    ),
  },
})

function Terms() {
  const ref = useScrollDepth({ name: 'terms', read: '100ms' })
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

/** Reports every mark that a jump to the end passes, and that nothing was read. */
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

/** Reports a reader: each part of the page was in view for long enough. */
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

/** Reports nothing if the browser restores a scroll position, because the user has not acted. */
export const RestoredPosition = meta.story({
  render: () => <Terms />,
  play: async ({ canvas, canvasElement }) => {
    canvas.getByLabelText('Terms').scrollTop = 1_200
    await new Promise((resolve) => setTimeout(resolve, 200))
    await expect(verdicts(canvasElement)).toEqual([])
  },
})

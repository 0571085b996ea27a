import { useAttention } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { takes } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useAttention',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "Reports how long the user was active on the page: it is visible and has the focus, and in the last 30 s the user moved the pointer, typed, scrolled or watched a video. Each mark counts once per page.\n\n```tsx\nuseAttention({ marks: ['30s', '2min'] })\n```",
      },
    },
    ...tracking({ plan: seenPlan }),
  },
  argTypes: {
    name: takes('string', 'Name of the content, reported as `attention_name`.', "'page'"),
    marks: takes('Duration[]', 'Times of activity to report, such as `30s` and `2min`.', "['30s', '2min']"),
    idle: takes('Duration', 'Time without activity after which the user counts as away.', "'30s'"),
    events: takes(
      '{ mark: event | { event, properties } }',
      'Event to report. Default: `attention_reached`, if it is in the plan.',
    ),
    properties: takes('{ [property: string]: PropertyValue }', 'Properties that are added to every fact.'),
  },
})

function Article() {
  useAttention({ name: 'article', marks: ['1s', '2s'] })
  return (
    <p>
      Stay a while. <button type="button">And listen</button>
    </p>
  )
}

/** Reports when the user has been active on the page for two minutes. An open tab alone does not count. */
export const StayAWhile = meta.story({
  render: () => <Article />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await waitFor(() =>
      expect(verdicts(canvasElement)).toEqual(['attention_reached fired', 'attention_reached fired']),
    )
    const marks = (await arrived(canvasElement)).map(({ properties }) => properties['attention_mark'])
    await expect(marks).toEqual(['1s', '2s'])
  },
})

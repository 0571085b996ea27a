import { useAttention } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { takes } from '../support/rows.ts'
import { seenPlan } from '../support/seen-plan.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './use-attention.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useAttention',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          "Time of real attention: the page is visible and has the focus, and in the last 30 s its visitor moved, typed, scrolled or watched. Each mark once on a page.\n\n```tsx\nuseAttention({ marks: ['30s', '2min'] })\n```",
      },
    },
    ...tracking({ plan: seenPlan }),
  },
  argTypes: {
    name: takes('string', 'Says what was attended to: `attention_name`.', "'page'"),
    marks: takes("('30s' | '2min')[]", 'Seconds and minutes.', "['30s', '2min']"),
    idleMs: takes('number', 'So long after the last sign of life the visitor counts as away.', '30000'),
    events: takes(
      '{ mark: event | { event, properties } }',
      'Default: `attention_reached`, where the plan has it.',
    ),
    properties: takes('{ [name]: value }', 'Joined to every fact.'),
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

/** Why: a tab that is open is not read. Two minutes of this clock are. */
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

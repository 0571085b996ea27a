import { definePlan, standardEvents, useChecklist } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { gives, takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './use-checklist.stories.tsx?raw'

const plan = definePlan({ name: 'saas', version: '1', events: standardEvents.onboarding })

const meta = preview.meta({
  title: 'Hooks/useChecklist',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'Typed steps of getting started. Each item counts once per user, and so does the whole checklist.\n\n```tsx\nconst setup = useChecklist("setup", ["project_created", "teammate_invited"], { completed: user.done })\nsetup.complete("project_created")\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    name: takes('string', 'Says which checklist this is.'),
    items: takes('string[]', 'Their names; `complete` accepts no other.'),
    completed: takes('string[]', 'What your data says is done: progress, and not reported.', '[]'),
    events: takes('{ item, complete }', 'From facts to events.', 'the standard names'),
    complete: gives('(item) => void', 'Reports an item, and the checklist with the last one. Stable.'),
  },
})

const items = ['project_created', 'teammate_invited', 'tool_integrated'] as const

function Setup() {
  const { complete } = useChecklist('setup', items, { completed: ['project_created'] })
  return (
    <div className="row">
      <button type="button" onClick={() => complete('teammate_invited')}>
        Invite a teammate
      </button>
      <button type="button" onClick={() => complete('tool_integrated')}>
        Connect a tool
      </button>
    </div>
  )
}

/** Why: whoever finishes the setup stays; whoever stops at a step shows which one is too hard. */
export const Overview = meta.story({
  render: () => <Setup />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Invite a teammate' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Invite a teammate' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Connect a tool' }))
    await expect(verdicts(canvasElement)).toEqual([
      'checklist_item_completed fired',
      'checklist_item_completed dropped: frequency',
      'checklist_item_completed fired',
      'checklist_completed fired',
    ])
    await expect(
      (await arrived(canvasElement)).map(({ properties }) => properties['progress_percent']),
    ).toEqual([67, 100, 100])
  },
})

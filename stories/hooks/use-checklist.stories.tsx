import { definePlan, standardEvents, useChecklist } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { gives, takes } from '../support/rows.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const plan = definePlan({ name: 'saas', version: '1', events: standardEvents.onboarding })

const meta = preview.meta({
  title: 'Hooks/useChecklist',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Reports the steps of an onboarding checklist, whose names are typed. Each item counts once per user, and so does the whole checklist.\n\n```tsx\nconst setup = useChecklist({ name: "setup", items: ["project_created", "teammate_invited"], completed: user.done })\nsetup.complete("project_created")\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    name: takes('string', 'Name of the checklist.'),
    items: takes('string[]', 'Names of the items. `complete` accepts no other.'),
    completed: takes(
      'string[]',
      'Items that are already done according to your data. They count as progress and are not reported.',
      '[]',
    ),
    events: takes(
      '{ item, complete }',
      'Events by fact. Only the facts that it names are reported.',
      'the standard names',
    ),
    complete: gives(
      '(item) => void',
      'Reports an item, and with the last item the whole checklist. The function is stable.',
    ),
  },
})

const items = ['project_created', 'teammate_invited', 'tool_integrated'] as const

function Setup() {
  const { complete } = useChecklist({ name: 'setup', items, completed: ['project_created'] })
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

/** Reports each completed item of a checklist, and the checklist with its last item. */
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

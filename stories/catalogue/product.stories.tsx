import { definePlan, standardEvents, useChecklist, useTrack } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'

const plan = definePlan({ name: 'saas', version: '1', events: standardEvents.onboarding })

const meta = preview.meta({
  title: 'Catalogue/Product',
  decorators: [beside],
  parameters: {
    docs: {
      description: { component: 'Steps from creating an account to using the product regularly.' },
    },
    ...tracking({ plan }),
  },
})

function SignUp() {
  const track = useTrack<typeof plan>()
  return (
    <button type="button" onClick={() => track('sign_up', { method: 'mail' })}>
      Create an account
    </button>
  )
}

/** Reports a new account when your server has created it. It counts once per user. */
export const AccountCreated = meta.story({
  render: () => <SignUp />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await userEvent.click(canvas.getByRole('button'))
    await expect(verdicts(canvasElement)).toEqual(['sign_up fired', 'sign_up dropped: frequency'])
  },
})

function Setup() {
  const setup = useChecklist({
    name: 'setup',
    items: ['project_created', 'teammate_invited', 'tool_integrated'],
  })
  return (
    <div className="row">
      <button type="button" onClick={() => setup.complete('project_created')}>
        Create a project
      </button>
      <button type="button" onClick={() => setup.complete('teammate_invited')}>
        Invite a teammate
      </button>
      <button type="button" onClick={() => setup.complete('tool_integrated')}>
        Connect a tool
      </button>
    </div>
  )
}

/** Reports each first step once per user, and the checklist with the last of them. */
export const OnboardingChecklist = meta.story({
  render: () => <Setup />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const button of canvas.getAllByRole('button')) await userEvent.click(button)
    for (const button of canvas.getAllByRole('button')) await userEvent.click(button)
    await expect(
      (await arrived(canvasElement)).map(({ name, properties }) => [name, properties['item_name']]),
    ).toEqual([
      ['checklist_item_completed', 'project_created'],
      ['checklist_item_completed', 'teammate_invited'],
      ['checklist_item_completed', 'tool_integrated'],
      ['checklist_completed', undefined],
    ])
  },
})

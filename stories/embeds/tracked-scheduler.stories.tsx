import { definePlan, standardEvents } from 'react-microconversions'
import { calendly, TrackedScheduler } from 'react-microconversions/embeds'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { prop } from '../support/rows.ts'
import { StubFrame, stubButton, stubOrigins } from '../support/stub-frame.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'

const { form_calendar, form_slot } = standardEvents.form
const plan = definePlan({
  name: 'embeds',
  version: '1',
  events: { form_calendar, form_slot, ...standardEvents.scheduler },
})

const meta = preview.meta({
  title: 'Embeds/TrackedScheduler',
  component: TrackedScheduler,
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Reports what users do in the scheduler of another service: opened, slot selected, booked, failed. `useScheduler` does the same with a ref. The frame of this story stands for the page of Calendly.\n\n```tsx\n<TrackedScheduler name="demo" provider={calendly()}>\n  <iframe title="Choose a time" src="https://calendly.com/acme/demo" />\n</TrackedScheduler>\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    name: prop('string', 'Name of the scheduler, reported as `form_name`.'),
    provider: prop('SchedulerProtocol', 'The adapter: `calendly()`, `calCom()`, `hubspotMeetings()`.'),
    form: prop('TrackedFormHandle', 'The form that the scheduler is a part of.'),
    events: prop(
      '{ open, slot, booked, failed }',
      'Events by fact. Only the facts that it names are reported.',
      'the standard names',
    ),
  },
})

const messages = {
  'Show the calendar': { event: 'calendly.event_type_viewed', payload: {} },
  'Tuesday, 10:00': { event: 'calendly.date_and_time_selected', payload: {} },
  'Book as Ada Lovelace': {
    event: 'calendly.event_scheduled',
    payload: { invitee: { uri: 'https://api.calendly.com/invitees/ada@example.com' } },
  },
}

const Scheduler = () => (
  <TrackedScheduler name="demo" provider={calendly({ origins: stubOrigins })}>
    <StubFrame title="Choose a time" messages={messages} />
  </TrackedScheduler>
)

/** Reports a booking that happens on the page of another service. */
export const Overview = meta.story({
  render: () => <Scheduler />,
  play: async ({ canvasElement }) => {
    for (const text of Object.keys(messages))
      await waitFor(() => stubButton(canvasElement, text)).then((button) => button.click())
    await waitFor(() =>
      expect(verdicts(canvasElement)).toEqual([
        'form_calendar fired',
        'form_slot fired',
        'meeting_booked fired',
      ]),
    )
    const events = await arrived(canvasElement)
    await expect(events.at(-1)?.properties).toMatchObject({
      form_name: 'demo',
      scheduler_provider: 'calendly',
    })
    await expect(JSON.stringify(events)).not.toContain('ada@example.com')
  },
})

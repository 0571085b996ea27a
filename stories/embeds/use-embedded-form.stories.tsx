import { definePlan, standardEvents } from 'react-microconversions'
import { typeform, useEmbeddedForm } from 'react-microconversions/embeds'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { gives, takes } from '../support/rows.ts'
import { StubFrame, stubButton, stubOrigins } from '../support/stub-frame.tsx'
import { verdicts } from '../support/verdicts.ts'

const plan = definePlan({ name: 'embeds', version: '1', events: standardEvents.form })

const meta = preview.meta({
  title: 'Embeds/useEmbeddedForm',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Reports the form of another service with the events of `TrackedForm`. The frame of this story stands for the page of Typeform.\n\n```tsx\nconst { ref } = useEmbeddedForm({ name: "survey", provider: typeform() })\nreturn <div ref={ref}><Widget id={formId} /></div>\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    name: takes('string', 'Name of the form, reported as `form_name`.'),
    provider: takes('EmbeddedFormProtocol', 'The adapter: `typeform()`, `hubspotForm({ formId })`.'),
    events: takes(
      '{ start, step, submit, … }',
      'Events by fact. Only the facts that it names are reported.',
      'the standard names',
    ),
    ref: gives('RefCallback<Element>', 'For an element around the embed.'),
    ignored: gives('() => { origin, malformed }', 'Returns how many messages were ignored, by reason.'),
  },
})

const embed = { embedId: '1', formId: 'abcdef' }
const messages = {
  Start: { type: 'form-started', ...embed },
  'Next question': { type: 'form-screen-changed', ...embed, ref: 'team-size', answer: 'About 50' },
  Submit: { type: 'form-submit', ...embed, responseId: 'r1' },
}

function Survey() {
  const { ref } = useEmbeddedForm({ name: 'survey', provider: typeform({ origins: stubOrigins }) })
  return (
    <div ref={ref}>
      <StubFrame title="Survey" messages={messages} />
    </div>
  )
}

/** Reports an embedded form with the same events as your own forms. */
export const Overview = meta.story({
  render: () => <Survey />,
  play: async ({ canvasElement }) => {
    for (const text of Object.keys(messages))
      await waitFor(() => stubButton(canvasElement, text)).then((button) => button.click())
    await waitFor(() =>
      expect(verdicts(canvasElement)).toEqual([
        'form_start fired',
        'form_step fired',
        'form_submit fired',
        'form_success fired',
      ]),
    )
  },
})

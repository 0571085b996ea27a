import { definePlan, standardEvents } from 'react-microconversions'
import { useChat } from 'react-microconversions/embeds'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { gives, takes } from '../support/rows.ts'
import { verdicts } from '../support/verdicts.ts'

const plan = definePlan({ name: 'embeds', version: '1', events: standardEvents.chat })

const meta = preview.meta({
  title: 'Embeds/useChat',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Reports that a chat was opened, and that a conversation began. It reads no message. The chat of this story has no adapter, so the page calls the functions of the hook.\n\n```tsx\nuseChat({ name: "support", provider: intercom({ onShow }) })\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    name: takes('string', 'Name of the chat, reported as `chat_name`.'),
    provider: takes('ChatProtocol', 'The adapter: `intercom({ onShow })`, `hubspotChat()`.'),
    events: takes(
      '{ open, start }',
      'Events by fact. Only the facts that it names are reported.',
      'the standard names',
    ),
    opened: gives('() => void', 'Reports that the user opened the chat.'),
    started: gives('() => void', 'Reports the first message of a conversation.'),
  },
})

function Chat() {
  const { opened, started } = useChat({ name: 'sales' })
  return (
    <div className="row">
      <button type="button" onClick={opened}>
        Chat with sales
      </button>
      <button type="button" onClick={started}>
        Send the first message
      </button>
    </div>
  )
}

/** Reports that a chat was opened, and that a conversation began. No message is read. */
export const Overview = meta.story({
  render: () => <Chat />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Chat with sales' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Chat with sales' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Send the first message' }))
    await expect(verdicts(canvasElement)).toEqual([
      'chat_opened fired',
      'chat_opened dropped: frequency',
      'chat_started fired',
    ])
  },
})

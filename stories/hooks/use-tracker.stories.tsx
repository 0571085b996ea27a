import { useTrack, useTracker } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { gives } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './use-tracker.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useTracker',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'The tracker of the nearest Provider. Without one: an error in development, a tracker that emits nothing in production.\n\n```tsx\nconst { identify, reset } = useTracker()\n```',
      },
    },
  },
  argTypes: {
    identify: gives(
      '(userId) => void',
      'Joins the counts so far to this user. Another user than before implies `reset`.',
    ),
    reset: gives(
      '() => void',
      'Forgets visitor, session and their counts: log-out, another person at the same browser.',
    ),
    page: gives('(input?) => Decision | undefined', 'Begins a page scope; `usePage` calls it for you.'),
    consent: gives('{ get, update }', '`useConsent` shows it and keeps up with it.'),
    flush: gives('() => Promise<void>', 'Resolves when what was queued has been tried once.'),
    record: gives(
      '{ get, subscribe, watch, clear }',
      'The bounded log of decisions; what the overlay reads.',
    ),
    onPageEnd: gives('(listener) => stop', 'Calls before a page scope ends.'),
    plan: gives('Plan', 'What `definePlan` returned.'),
    dispose: gives('() => void', 'Ends the tracker; what is tracked afterwards is dropped as `disabled`.'),
  },
})

function Account() {
  const { identify, reset } = useTracker()
  const track = useTrack()
  return (
    <div className="row">
      <button type="button" onClick={() => identify('user-17')}>
        Log in
      </button>
      <button type="button" onClick={() => track('pricing_clicked', { tier: 'pro' })}>
        Choose pro
      </button>
      <button type="button" onClick={() => reset()}>
        Log out
      </button>
    </div>
  )
}

/** Why: from the log-in on, events say who it was; by an id of yours, never by an address. */
export const Identify = meta.story({
  render: () => <Account />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Log in' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Choose pro' }))
    await expect((await arrived(canvasElement))[0]?.userId).toBe('user-17')
  },
})

/** Why: the next person at this browser is another visitor, and what the first one did does not count against them. */
export const Reset = meta.story({
  render: () => <Account />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const choose = canvas.getByRole('button', { name: 'Choose pro' })
    await userEvent.click(choose)
    await userEvent.click(choose)
    await userEvent.click(canvas.getByRole('button', { name: 'Log out' }))
    await userEvent.click(choose)
    await expect(verdicts(canvasElement)).toEqual([
      'pricing_clicked fired',
      'pricing_clicked dropped: frequency',
      'pricing_clicked fired',
    ])
    const [first, second] = await arrived(canvasElement)
    await expect(first?.anonymousId).not.toBe(second?.anonymousId)
  },
})

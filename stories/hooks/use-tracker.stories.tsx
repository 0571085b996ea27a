import { useTrack, useTracker } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { gives } from '../support/rows.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useTracker',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Returns the tracker of the nearest Provider. Without a Provider it throws an error in development, and returns a tracker that emits nothing in production.\n\n```tsx\nconst { identify, reset } = useTracker()\n```',
      },
    },
  },
  argTypes: {
    identify: gives(
      '(userId) => void',
      'Sets the id of the user, who keeps the counts so far. An id that differs from the one before implies `reset`.',
    ),
    reset: gives(
      '() => void',
      'Forgets the user, the session and their counts: after a log-out, or when another person uses the browser.',
    ),
    page: gives('(input?) => Decision | undefined', 'Begins a page. `usePage` calls it for you.'),
    consent: gives('{ get, update }', 'State of consent. `useConsent` returns it and follows its changes.'),
    flush: gives('() => Promise<void>', 'Resolves when all queued events have been tried once.'),
    record: gives(
      '{ get, subscribe, watch, clear }',
      'Log of the latest decisions, which the overlay shows.',
    ),
    onPageEnd: gives('(listener) => stop', 'Calls a function before a page ends.'),
    plan: gives('Plan', 'Plan of the tracker, as `definePlan` returned it.'),
    dispose: gives('() => void', 'Ends the tracker. Later attempts are dropped as `disabled`.'),
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

/** Identifies the user by an id of your own, never by an e-mail address. */
export const Identify = meta.story({
  render: () => <Account />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Log in' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Choose pro' }))
    await expect((await arrived(canvasElement))[0]?.userId).toBe('user-17')
  },
})

/** Begins a new user at log-out, with new counts. */
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

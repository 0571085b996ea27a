import { cleanup, configure } from '@testing-library/react'
import { Activity, type ReactElement, StrictMode, Suspense, startTransition, use, useState } from 'react'
import { PricingLink, TrackedForm, usePage, VideoProgress } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventually, plan, sent, soon } from './plan.ts'

afterEach(() => {
  cleanup()
  configure({ reactStrictMode: false })
})

const never = new Promise<never>(() => {})

function Suspending({ suspended }: { suspended: boolean }) {
  return suspended ? use(never) : null
}

/** A page of everything; each call makes new components, as hot reload does when it cannot keep the old ones. */
function makePage() {
  return function Page() {
    usePage({ pathname: '/demo' })
    return (
      <>
        <PricingLink event="pricing_clicked" href="#pricing" onClick={(event) => event.preventDefault()}>
          See pricing
        </PricingLink>
        <TrackedForm
          name="demo"
          onSubmit={async (event) => {
            event.preventDefault()
            await sent()
          }}
        >
          <input name="email" aria-label="Email" />
          <button type="submit">Send</button>
        </TrackedForm>
        <VideoProgress name="tour" data-testid="player" />
      </>
    )
  }
}

const Page = makePage()
const Reloaded = makePage()

/** What is rendered first, and what follows. */
const lives: [string, ReactElement, ReactElement[]][] = [
  ['a render', <Page key="1" />, []],
  ['another render', <Page key="1" />, [<Page key="1" />, <Page key="1" />]],
  ['a re-mount by another key', <Page key="1" />, [<Page key="2" />]],
  ['hot reload', <Page key="1" />, [<Reloaded key="1" />]],
  [
    'Suspense that waits again',
    <Suspense key="1">
      <Suspending suspended={false} />
      <Page />
    </Suspense>,
    [true, false].map((suspended) => (
      <Suspense key="1">
        <Suspending suspended={suspended} />
        <Page />
      </Suspense>
    )),
  ],
  [
    'Activity that hides and shows',
    <Activity key="1">
      <Page />
    </Activity>,
    (['hidden', 'visible'] as const).map((mode) => (
      <Activity key="1" mode={mode}>
        <Page />
      </Activity>
    )),
  ],
  [
    'Activity that was hidden at first',
    <Activity key="1" mode="hidden">
      <Page />
    </Activity>,
    [
      <Activity key="1">
        <Page />
      </Activity>,
    ],
  ],
]

async function doEverything() {
  await userEvent.click(page.getByRole('link'))
  await userEvent.fill(page.getByLabelText('Email'), 'ada@example.com')
  await userEvent.click(page.getByRole('button'))
  const video = page.getByTestId('player').element()
  for (const [name, value] of Object.entries({ paused: false, readyState: 4 })) {
    Object.defineProperty(video, name, { configurable: true, value })
  }
  video.dispatchEvent(new Event('playing'))
  await soon()
}

describe.each([
  ['', false],
  [' in StrictMode', true],
])('one use, one event%s, after', (_, reactStrictMode) => {
  it.each(lives)('%s', async (_, first, then) => {
    configure({ reactStrictMode })
    const { rerender, decisions } = renderWithTracking(first, { plan })
    for (const ui of then) {
      await soon()
      rerender(ui)
    }
    await doEverything()
    const events = decisions().map(({ event }) => event)
    expect(events.sort()).toEqual([
      'form_field',
      'form_start',
      'form_submit',
      'form_success',
      'page_view',
      'pricing_clicked',
      'video_start',
    ])
    expect(decisions().filter(({ outcome }) => outcome !== 'fired')).toEqual([])
  })
})

it('is one by the rules, whatever happens between two uses', async () => {
  const { rerender, decisions } = renderWithTracking(<Page />, { plan })
  for (const ui of [<Page key="1" />, <Reloaded key="2" />]) {
    await doEverything()
    rerender(ui)
  }
  await soon()
  const fired = decisions().filter(({ outcome }) => outcome === 'fired')
  const count = (event: string) => fired.filter((decision) => decision.event === event).length
  expect(['page_view', 'video_start'].map(count)).toEqual([1, 1])
  expect(count('pricing_clicked')).toBe(2)
  // Two attempts, each of them whole.
  const ofForm = ['form_start', 'form_field', 'form_submit', 'form_success', 'form_abandon']
  expect(ofForm.map(count)).toEqual([2, 2, 2, 2, 0])
})

it('is none of a tree that React never commits', async () => {
  const rendered = vi.fn()
  function Slow() {
    rendered()
    use(never)
    return null
  }
  let show: (shown: boolean) => void = () => {}
  function App() {
    const [shown, setShown] = useState(false)
    show = setShown
    return shown ? (
      <StrictMode>
        <Page />
        <Slow />
      </StrictMode>
    ) : (
      <p>before</p>
    )
  }
  const { decisions, unmount } = renderWithTracking(
    <Suspense>
      <App />
    </Suspense>,
    { plan },
  )
  startTransition(() => show(true))
  await eventually(() => expect(rendered).toHaveBeenCalled())
  await soon()
  unmount()
  await soon()
  expect(decisions()).toEqual([])
})

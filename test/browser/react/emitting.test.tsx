import { cleanup, render } from '@testing-library/react'
import { memo, Profiler, type ReactNode, StrictMode, Suspense, startTransition, use, useState } from 'react'
import {
  createTracker,
  FormStep,
  MicroconversionProvider,
  PricingLink,
  type Track,
  TrackedForm,
  TrackingScope,
  useConsent,
  usePage,
  useTrack,
  useTracker,
  VideoProgress,
} from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'
import { createManualPlatform, createTestTracker } from 'react-microconversions/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventually, patient, plan, soon } from './plan.ts'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

type AnyTrack = Track<{ [name: string]: { [property: string]: string } }>

function setUp() {
  const tracking = createTestTracker(plan)
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MicroconversionProvider tracker={tracking.tracker}>{children}</MicroconversionProvider>
  )
  return { ...tracking, wrapper }
}

describe('emitting', () => {
  it('re-renders nothing', async () => {
    const { tracker, decisions } = setUp()
    const onRender = vi.fn()
    let track: AnyTrack | undefined
    function Buttons() {
      track = useTrack()
      usePage({ pathname: '/' })
      const { consent } = useConsent()
      return <p>{JSON.stringify(consent)}</p>
    }
    render(
      <Profiler id="app" onRender={onRender}>
        <MicroconversionProvider tracker={tracker}>
          <Buttons />
          <TrackingScope properties={{ section: 'hero' }}>
            <PricingLink event="pricing_clicked" onClick={(event) => event.preventDefault()} href="#pricing">
              See pricing
            </PricingLink>
            <TrackedForm name="demo" onSubmit={(event) => event.preventDefault()}>
              <FormStep name="contact" index={1}>
                <input name="email" aria-label="Email" />
                <button type="submit">Send</button>
              </FormStep>
            </TrackedForm>
            <VideoProgress name="tour" />
          </TrackingScope>
        </MicroconversionProvider>
      </Profiler>,
    )
    await soon()
    onRender.mockClear()
    const before = decisions().length
    for (let count = 0; count < 50; count++) track?.('pricing_clicked', { tier: String(count) })
    await userEvent.click(page.getByRole('link'))
    await userEvent.fill(page.getByLabelText('Email'), 'ada@example.com')
    await userEvent.click(page.getByRole('button'))
    await tracker.flush()
    await soon()
    expect(decisions().length).toBeGreaterThanOrEqual(before + 53)
    expect(onRender).not.toHaveBeenCalled()
  })

  it('goes through functions that stay the same while scope and parents change', () => {
    const { wrapper, decisions } = setUp()
    const given = new Set<unknown>()
    const rendered = vi.fn()
    const Child = memo(function Child({ report }: { report?: AnyTrack }) {
      rendered()
      given.add(report)
      return null
    })
    const owned = vi.fn()
    const Owner = memo(function Owner() {
      const track: AnyTrack = useTrack()
      owned()
      return <Child report={track} />
    })
    const ui = (section: string) => (
      <TrackingScope properties={{ section }}>
        <Owner />
      </TrackingScope>
    )
    const { rerender } = render(ui('a'), { wrapper })
    rerender(ui('a'))
    expect(owned).toHaveBeenCalledTimes(1)
    rerender(ui('b'))
    expect([given.size, rendered.mock.calls.length]).toEqual([1, 1])
    const [track] = given as Set<AnyTrack>
    track?.('pricing_clicked')
    expect(decisions()).toMatchObject([{ scope: { section: 'b' } }])
  })

  it('has the scope of the last commit, not of a render that was given up', async () => {
    const { wrapper, decisions } = setUp()
    const never = new Promise<never>(() => {})
    let track: AnyTrack | undefined
    const rendered: string[] = []
    function Owner({ section }: { section: string }) {
      track = useTrack()
      rendered.push(section)
      if (section === 'b') use(never)
      return null
    }
    let change: (section: string) => void = () => {}
    function App() {
      const [section, setSection] = useState('a')
      change = setSection
      return (
        <TrackingScope properties={{ section }}>
          <Owner section={section} />
        </TrackingScope>
      )
    }
    render(
      <Suspense>
        <App />
      </Suspense>,
      { wrapper },
    )
    startTransition(() => change('b'))
    await eventually(() => expect(rendered).toContain('b'))
    track?.('pricing_clicked')
    expect(decisions()).toMatchObject([{ scope: { section: 'a' } }])
  })
})

describe('TrackingScope', () => {
  const cycle: { [name: string]: unknown } = {}
  cycle['itself'] = cycle

  it.each<[string, object]>([
    ['a bigint', { id: 1n, section: 'hero' }],
    ['a cycle', { cycle, section: 'hero' }],
  ])('is no error of the application with %s, and keeps the rest', async (_, properties) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { tracker, destination, wrapper } = setUp()
    const { container } = render(
      <TrackingScope properties={properties as { section: string }}>
        <PricingLink event="pricing_clicked" href="#pricing">
          See pricing
        </PricingLink>
      </TrackingScope>,
      { wrapper },
    )
    expect(container.textContent).toBe('See pricing')
    await userEvent.click(page.getByRole('link'))
    await tracker.flush()
    expect(destination.events).toMatchObject([{ context: { scope: { section: 'hero' } } }])
  })
})

describe('useConsent', () => {
  it('asks for an answer: the tracker does not warn that none comes', async () => {
    const complain = vi.spyOn(console, 'error').mockReturnValue()
    const platform = createManualPlatform()
    const tracker = createTracker({ plan, platform, destinations: [memory()] })
    function Banner() {
      useConsent()
      return null
    }
    tracker.track('pricing_clicked', { tier: 'pro' })
    render(
      <MicroconversionProvider tracker={tracker}>
        <Banner />
      </MicroconversionProvider>,
    )
    platform.advance(60_000)
    expect(complain).not.toHaveBeenCalled()
    expect(tracker.record.get().decisions.map(({ outcome }) => outcome)).toEqual(['held'])
    tracker.dispose()
  })

  it('re-renders at a changed answer, once, and at nothing else', async () => {
    const { tracker, wrapper } = setUp()
    const seen: unknown[] = []
    function Banner() {
      seen.push(useConsent().consent['analytics'])
      return null
    }
    render(<Banner />, { wrapper })
    await soon()
    tracker.track('pricing_clicked', {})
    tracker.page({ path: '/b' })
    await tracker.flush()
    tracker.consent.update('granted')
    await soon()
    expect(seen).toEqual(['granted'])
    tracker.consent.update({ analytics: 'denied' })
    await soon()
    tracker.consent.update('denied')
    await soon()
    expect(seen).toEqual(['granted', 'denied'])
  })

  it('takes the answer of a banner, and releases what was held', async () => {
    const { tracker, destination, decisions } = createTestTracker(plan, { consent: 'pending' })
    function Banner() {
      const { consent, update } = useConsent()
      if (consent['analytics'] !== 'pending') return <p>Thanks</p>
      return (
        <button type="button" onClick={() => update('granted')}>
          Allow
        </button>
      )
    }
    render(
      <MicroconversionProvider tracker={tracker}>
        <Banner />
      </MicroconversionProvider>,
    )
    tracker.track('pricing_clicked', { tier: 'pro' })
    expect(decisions()).toMatchObject([{ outcome: 'held', reason: 'consent-pending' }])
    await userEvent.click(page.getByRole('button', { name: 'Allow' }))
    await expect.element(page.getByText('Thanks'), patient).toBeVisible()
    await eventually(async () => {
      await tracker.flush()
      expect(destination.events).toHaveLength(1)
    })
  })
})

describe('inline objects, functions and refs', () => {
  /** Counts listeners of triggers that are added after the mount. */
  function Ticking({ children }: { children: (tick: number) => ReactNode }) {
    const [tick, setTick] = useState(0)
    return (
      <>
        <button type="button" onClick={() => setTick(tick + 1)}>
          {`tick ${tick}`}
        </button>
        {children(tick)}
      </>
    )
  }
  const ui = {
    TrackedForm: (
      <Ticking>
        {(tick) => (
          <TrackedForm
            name="demo"
            properties={{ tick }}
            events={{ start: { event: 'form_start', properties: { tick } } }}
            onSubmit={() => Promise.resolve()}
            ref={(element) => void element}
            render={<form data-own="" ref={() => {}} />}
          />
        )}
      </Ticking>
    ),
    VideoProgress: (
      <Ticking>
        {(tick) => (
          <VideoProgress
            name="tour"
            marks={[25, '30s']}
            properties={{ tick }}
            events={{ start: { event: 'video_start', properties: { tick } } }}
            ref={(element) => void element}
            // biome-ignore lint/a11y/useMediaCaption: nothing is played
            render={<video ref={() => {}} />}
          />
        )}
      </Ticking>
    ),
  }

  it.each(['TrackedForm', 'VideoProgress'] as const)('restart no observer: %s', async (name) => {
    const { wrapper } = setUp()
    const listen = vi.spyOn(EventTarget.prototype, 'addEventListener')
    const stop = vi.spyOn(EventTarget.prototype, 'removeEventListener')
    const disconnect = vi.spyOn(IntersectionObserver.prototype, 'disconnect')
    const ours = (spy: typeof listen | typeof stop) =>
      spy.mock.calls.filter(([type]) => ['submit', 'focusin', 'timeupdate', 'ended'].includes(type)).length
    const { unmount } = render(ui[name], { wrapper })
    const mounted = ours(listen)
    for (const tick of [1, 2, 3]) {
      await userEvent.click(page.getByRole('button', { name: 'tick' }))
      await expect.element(page.getByRole('button', { name: `tick ${tick}` }), patient).toBeVisible()
    }
    expect([ours(listen), ours(stop), disconnect.mock.calls.length]).toEqual([mounted, 0, 0])
    unmount()
    await soon()
    expect(ours(stop)).toBe(2)
  })

  it('are read when something happens', async () => {
    const { wrapper, decisions } = setUp()
    render(
      <Ticking>
        {(tick) => (
          <TrackedForm
            name={`demo ${tick}`}
            properties={{ tick }}
            events={{
              start: tick ? { event: 'demo_booked', properties: { source: `tick ${tick}` } } : 'form_start',
            }}
          >
            <input aria-label="Email" name="email" />
          </TrackedForm>
        )}
      </Ticking>,
      { wrapper },
    )
    await userEvent.click(page.getByRole('button', { name: 'tick' }))
    await userEvent.fill(page.getByLabelText('Email'), 'a')
    expect(decisions()).toMatchObject([
      { event: 'demo_booked', properties: { form_name: 'demo 1', tick: 1, source: 'tick 1' } },
    ])
  })
})

describe('MicroconversionProvider', () => {
  const Owner = ({ label }: { label: string }) => {
    const track: AnyTrack = useTrack()
    return (
      <button type="button" onClick={() => track('pricing_clicked', { tier: label })}>
        {label}
      </button>
    )
  }

  it('gives way to one inside of it', async () => {
    const outer = setUp()
    const inner = setUp()
    render(
      <>
        <Owner label="outside" />
        <MicroconversionProvider tracker={inner.tracker}>
          <Owner label="inside" />
        </MicroconversionProvider>
      </>,
      { wrapper: outer.wrapper },
    )
    await userEvent.click(page.getByRole('button', { name: 'outside' }))
    await userEvent.click(page.getByRole('button', { name: 'inside' }))
    expect(outer.decisions()).toMatchObject([{ properties: { tier: 'outside' } }])
    expect(inner.decisions()).toMatchObject([{ properties: { tier: 'inside' } }])
  })

  it('may get another tracker: everything reports to that one, and the old one hears no more', async () => {
    const first = setUp()
    const second = setUp()
    function App() {
      usePage({ pathname: '/demo' })
      const { consent } = useConsent()
      return (
        <>
          <p>{consent['analytics']}</p>
          <Owner label="own" />
          <PricingLink event="pricing_clicked" href="#" onClick={(event) => event.preventDefault()}>
            link
          </PricingLink>
          <TrackedForm name="demo">
            <input aria-label="Email" name="email" />
          </TrackedForm>
          <VideoProgress name="tour" data-testid="video" />
        </>
      )
    }
    const app = (tracker: typeof first.tracker) => (
      <MicroconversionProvider tracker={tracker}>
        <App />
      </MicroconversionProvider>
    )
    const { rerender } = render(app(first.tracker))
    await first.tracker.flush()
    expect(first.decisions().map(({ event }) => event)).toEqual(['page_view'])
    second.tracker.consent.update('denied')
    rerender(app(second.tracker))
    await expect.element(page.getByText('denied'), patient).toBeVisible()

    await userEvent.click(page.getByRole('button', { name: 'own' }))
    await userEvent.click(page.getByRole('link', { name: 'link' }))
    await userEvent.fill(page.getByLabelText('Email'), 'a')
    const video = page.getByTestId('video').element()
    Object.defineProperties(video, { paused: { value: false }, readyState: { value: 4 } })
    video.dispatchEvent(new Event('playing'))
    expect(second.decisions().map(({ event }) => event)).toEqual([
      'page_view',
      'pricing_clicked',
      'pricing_clicked',
      'form_start',
      'video_start',
    ])
    first.tracker.page({ path: '/elsewhere' })
    expect(first.decisions()).toHaveLength(2)
    expect(second.decisions()).toHaveLength(5)
  })

  it('is missed loudly, by a name and a code', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const Orphan = () => <p>{useTracker().plan.name}</p>
    for (const orphan of [
      <Orphan key="hook" />,
      <PricingLink key="link" event="pricing_clicked" />,
      <TrackedForm key="form" name="demo" />,
      <VideoProgress key="video" name="tour" />,
    ]) {
      expect(() => render(<StrictMode>{orphan}</StrictMode>)).toThrow(
        '[RMC201] A tracking hook or component is used outside of <MicroconversionProvider>. Wrap the application',
      )
    }
  })
})

import { cleanup, configure } from '@testing-library/react'
import { createRef, type ReactElement } from 'react'
import { createPortal } from 'react-dom'
import {
  definePlan,
  event,
  PricingLink,
  standardEvents,
  TrackedButton,
  TrackedLink,
  TrackingScope,
  typed,
  useContentLinks,
  useTrackedLink,
} from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { Link, MemoryRouter, Route, Routes } from 'react-router'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { patient } from './plan.ts'

configure({ reactStrictMode: true })

const plan = definePlan({
  name: 'links',
  version: '1',
  events: {
    ...standardEvents.links,
    cta_clicked: event({ properties: typed<{ place: string }>() }),
    guide_downloaded: event({ properties: typed<{ file_name: string; topic: string }>() }),
    page_opened: event({}),
  },
})

let prevented: boolean[] = []
function note(click: Event) {
  prevented.push(click.defaultPrevented)
  click.preventDefault()
}
beforeEach(() => {
  prevented = []
  for (const type of ['click', 'auxclick']) window.addEventListener(type, note)
})
afterEach(() => {
  for (const type of ['click', 'auxclick']) window.removeEventListener(type, note)
  cleanup()
})

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
const link = () => page.getByRole('link')
const button = () => page.getByRole('button')

async function arrived({ tracker, destination }: ReturnType<typeof render>) {
  await tracker.flush()
  return destination.events
}

describe('TrackedLink', () => {
  it.each([
    ['https://example.com/docs?q=1', 'click', { link_url: 'https://example.com/docs', outbound: true }],
    ['/guide.pdf', 'file_download', { file_name: 'guide.pdf', file_extension: 'pdf', outbound: false }],
    ['tel:+4930901820', 'phone_clicked', { link_url: '' }],
    ['mailto:ada@example.com', 'mail_clicked', { link_url: '' }],
  ])('%s is %s, once by its rule', async (href, name, properties) => {
    const tracking = render(<TrackedLink href={href}>Go</TrackedLink>)
    await userEvent.click(link())
    await userEvent.click(link(), { button: 'middle' })
    expect(await arrived(tracking)).toMatchObject([
      { name, properties, trigger: { component: 'TrackedLink' } },
    ])
    expect(tracking.decisions().map(({ reason }) => reason)).toEqual(['admitted', 'frequency'])
    expect(prevented).toEqual([false, false])
  })

  it('lets another link of the page count, and is silent on internal ones', async () => {
    const tracking = render(
      <>
        <TrackedLink href="https://example.com/a">A</TrackedLink>
        <TrackedLink href="https://example.com/b">B</TrackedLink>
        <TrackedLink href="/c">C</TrackedLink>
      </>,
    )
    for (const name of ['A', 'B', 'C']) await userEvent.click(page.getByRole('link', { name }))
    const events = await arrived(tracking)
    expect(events.map(({ properties }) => properties['link_url'])).toEqual([
      'https://example.com/a',
      'https://example.com/b',
    ])
  })

  it('maps facts to events of the plan, with what the fact lacks', async () => {
    const tracking = render(
      <TrackedLink
        href="/guide.pdf"
        events={{
          download: { event: 'guide_downloaded', properties: { topic: 'swaps' } },
          internal: 'page_opened',
        }}
      >
        Guide
      </TrackedLink>,
    )
    await userEvent.click(link())
    expect(await arrived(tracking)).toMatchObject([
      { name: 'guide_downloaded', properties: { topic: 'swaps', file_name: 'guide.pdf' } },
    ])
  })

  it('with `event` reports each use with the properties of that event alone', async () => {
    const tracking = render(
      <TrackedLink event="cta_clicked" properties={{ place: 'hero' }} href="https://example.com/">
        Go
      </TrackedLink>,
    )
    await userEvent.click(link())
    await userEvent.keyboard('{Enter}')
    const [first, ...more] = await arrived(tracking)
    expect(first).toMatchObject({ name: 'cta_clicked', trigger: { fact: 'click' } })
    expect(first?.properties).toEqual({ place: 'hero' })
    expect(more).toHaveLength(1)
  })

  it('is not used by a click in what it shows elsewhere, such as a dialog', async () => {
    const tracking = render(
      <>
        <TrackedLink event="page_opened" href="/pricing">
          Link
          {createPortal(<p>In a dialog</p>, document.body)}
        </TrackedLink>
        <TrackedButton event="page_opened">
          Button
          {createPortal(<p>In a menu</p>, document.body)}
        </TrackedButton>
      </>,
    )
    await userEvent.click(page.getByText('In a dialog'))
    await userEvent.click(page.getByText('In a menu'))
    expect(tracking.decisions()).toEqual([])
    await userEvent.click(link())
    await userEvent.click(button())
    expect(await arrived(tracking)).toHaveLength(2)
  })

  it('counts also where a component of the app makes an event of its own, whatever that has', async () => {
    type OwnProps = { readonly onClick?: (event: unknown) => void }
    const Own = ({ onClick }: OwnProps) => (
      <button
        type="button"
        onClick={({ currentTarget }) => {
          onClick?.(undefined)
          onClick?.({ currentTarget })
          onClick?.({ currentTarget, target: {} })
        }}
      >
        Own
      </button>
    )
    const tracking = render(<TrackedButton event="page_opened" render={<Own />} />)
    await userEvent.click(page.getByText('Own'))
    expect(tracking.decisions().map(({ event: name }) => name)).toEqual([
      'page_opened',
      'page_opened',
      'page_opened',
    ])
  })

  it('is the element alone, with its props, its ref and its handlers first', async () => {
    const ref = createRef<HTMLAnchorElement>()
    const seen: number[] = []
    const tracking = render(
      <TrackedLink
        ref={ref}
        href="https://shop.example/"
        ownDomains={['shop.example']}
        events={{ internal: 'page_opened' }}
        className="cta"
        onClick={() => seen.push(tracking.decisions().length)}
        onAuxClick={() => seen.push(tracking.decisions().length)}
      >
        Go
      </TrackedLink>,
    )
    expect(tracking.container.innerHTML).toBe('<a href="https://shop.example/" class="cta">Go</a>')
    expect(ref.current).toBe(tracking.container.firstChild)
    await userEvent.click(link())
    await userEvent.click(link(), { button: 'middle' })
    expect(seen).toEqual([0, 1])
    expect(tracking.decisions().map(({ event }) => event)).toEqual(['page_opened', 'page_opened'])
  })

  it('is a link of a router by `render`, and reads where that leads', async () => {
    const tracking = render(
      <MemoryRouter>
        <Routes>
          <Route
            path="/"
            element={
              <TrackedLink events={{ internal: 'page_opened' }} render={<Link to="/plans" />}>
                Plans
              </TrackedLink>
            }
          />
          <Route path="/plans" element={<h1>Plans</h1>} />
        </Routes>
      </MemoryRouter>,
    )
    await userEvent.click(link())
    await expect.element(page.getByRole('heading'), patient).toBeVisible()
    expect(await arrived(tracking)).toMatchObject([
      { name: 'page_opened', trigger: { fact: 'internal', factKey: `internal:${location.origin}/plans` } },
    ])
    expect(prevented).toEqual([true])
  })

  it('as a hook does the same, and PricingLink is that hook', async () => {
    function Own() {
      return (
        <a href="tel:1" {...useTrackedLink({ component: 'Footer' })}>
          Call
        </a>
      )
    }
    const tracking = render(
      <>
        <Own />
        <PricingLink event="cta_clicked" properties={{ place: 'top' }} href="/pricing">
          Plans
        </PricingLink>
      </>,
    )
    await userEvent.click(page.getByRole('link', { name: 'Call' }))
    await userEvent.click(page.getByRole('link', { name: 'Plans' }))
    expect(tracking.decisions().map(({ event, trigger }) => [event, trigger.component])).toEqual([
      ['phone_clicked', 'Footer'],
      ['cta_clicked', 'PricingLink'],
    ])
  })
})

describe('TrackedButton', () => {
  it('reports pointer and keys, after the handler of the consumer, also when that breaks', async () => {
    const seen: number[] = []
    const tracking = render(
      <TrackingScope properties={{ section: 'hero' }}>
        <TrackedButton
          event="cta_clicked"
          properties={{ place: 'top' }}
          type="button"
          aria-label="Chat"
          onClick={() => seen.push(tracking.decisions().length)}
        />
      </TrackingScope>,
    )
    expect(tracking.container.innerHTML).toBe('<button type="button" aria-label="Chat"></button>')
    await userEvent.click(button())
    await userEvent.keyboard('{Enter}')
    await userEvent.keyboard(' ')
    await userEvent.click(button(), { button: 'right' })
    expect(seen).toEqual([0, 1, 2])
    const events = await arrived(tracking)
    expect(events).toHaveLength(3)
    expect(events[0]).toMatchObject({
      properties: { place: 'top' },
      context: { scope: { section: 'hero' } },
      trigger: { component: 'TrackedButton', fact: 'click' },
    })
  })

  it('is silent while disabled, submits as any button, and gives way to another element', async () => {
    let submitted = 0
    const tracking = render(
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          submitted++
        }}
      >
        <TrackedButton event="page_opened" disabled>
          Off
        </TrackedButton>
        <TrackedButton event="page_opened" render={<button type="submit" className="own" />}>
          Send
        </TrackedButton>
      </form>,
    )
    page.getByRole('button', { name: 'Off' }).element().dispatchEvent(new MouseEvent('click'))
    window.removeEventListener('click', note)
    await userEvent.click(page.getByRole('button', { name: 'Send' }))
    expect(submitted).toBe(1)
    expect(await arrived(tracking)).toHaveLength(1)
  })
})

describe('useContentLinks', () => {
  function Article({ html }: { html: string }) {
    // biome-ignore lint/security/noDangerouslySetInnerHtml: what the hook is for
    return <article ref={useContentLinks()} dangerouslySetInnerHTML={{ __html: html }} />
  }

  it('reports links that React has not written, once in StrictMode, also after new content', async () => {
    const tracking = render(<Article html='<a href="https://example.com/a">A</a>' />)
    await userEvent.click(link())
    tracking.rerender(<Article html='<a href="/b.zip">B</a>' />)
    await userEvent.click(link())
    await userEvent.click(link(), { modifiers: ['Shift'] })
    expect((await arrived(tracking)).map(({ name, trigger }) => [name, trigger.component])).toEqual([
      ['click', 'ContentLinks'],
      ['file_download', 'ContentLinks'],
    ])
  })

  it('and a TrackedLink inside count one click between them', async () => {
    function Mixed() {
      return (
        <article ref={useContentLinks()}>
          <TrackedLink href="https://example.com/a">A</TrackedLink>
        </article>
      )
    }
    const tracking = render(<Mixed />)
    await userEvent.click(link())
    expect(await arrived(tracking)).toHaveLength(1)
  })
})

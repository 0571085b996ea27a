import { cleanup, configure } from '@testing-library/react'
import {
  type ComponentProps,
  createElement,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useState,
} from 'react'
import { createPortal, flushSync } from 'react-dom'
import {
  definePlan,
  event,
  PricingLink,
  standardEvents,
  TrackedButton,
  TrackedLink,
  typed,
  useContentLinks,
  usePage,
} from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { Link, MemoryRouter } from 'react-router'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'

configure({ reactStrictMode: true })

const plan = definePlan({
  name: 'clicks',
  version: '1',
  events: {
    ...standardEvents.navigation,
    pricing_clicked: event({}),
    option_selected: event({ properties: typed<{ by: string }>() }),
    link_used: event({}),
  },
})

/** In the capture phase of the window, because the bubble phase is what these tests stop. */
const stay = (click: Event) => click.preventDefault()
beforeEach(() => {
  for (const type of ['click', 'auxclick']) window.addEventListener(type, stay, true)
})
afterEach(() => {
  for (const type of ['click', 'auxclick']) window.removeEventListener(type, stay, true)
  cleanup()
})

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
type Tracking = ReturnType<typeof render>

const stop = (click: MouseEvent) => click.stopPropagation()
const prevent = (click: MouseEvent) => click.preventDefault()

/** What a link or a button shows, with a handler of its own. */
const Child = (props: ComponentProps<'b'>) => createElement('b', props)

/** What has come of the clicks, once a task has passed in which a late report would have come. */
async function reported({ decisions }: Tracking) {
  await new Promise((resolve) => setTimeout(resolve))
  return decisions().map(({ event: name, trigger }) => `${name} by ${trigger.component}`)
}

function Content({ children }: { readonly children: ReactNode }) {
  const events = { internal: 'link_used', outbound: 'click' } as const
  return <section ref={useContentLinks({ events })}>{children}</section>
}

/** Stops clicks at a node between the watched element and the root of React. */
function NativeStop({ children }: { readonly children: ReactNode }) {
  return (
    <div ref={(node) => node?.addEventListener('click', (click) => click.stopPropagation())}>{children}</div>
  )
}

describe('a click that a handler stops', () => {
  it.each<[string, ReactElement, string]>([
    [
      'PricingLink',
      <PricingLink key="" event="pricing_clicked" href="/pricing">
        <Child onClick={stop}>Go</Child>
      </PricingLink>,
      'pricing_clicked by PricingLink',
    ],
    [
      'TrackedLink',
      <TrackedLink key="" events={{ internal: 'link_used' }} href="/pricing">
        <Child onClick={stop}>Go</Child>
      </TrackedLink>,
      'link_used by TrackedLink',
    ],
    [
      'TrackedButton',
      <TrackedButton key="" type="button" event="pricing_clicked">
        <Child onClick={stop}>Go</Child>
      </TrackedButton>,
      'pricing_clicked by TrackedButton',
    ],
    [
      'a link of a router',
      <MemoryRouter key="">
        <PricingLink event="pricing_clicked" render={<Link to="/pricing" />}>
          <Child onClick={stop}>Go</Child>
        </PricingLink>
      </MemoryRouter>,
      'pricing_clicked by PricingLink',
    ],
    [
      'a link whose click a listener of the DOM stops',
      <NativeStop key="">
        <PricingLink event="pricing_clicked" href="/pricing">
          <b>Go</b>
        </PricingLink>
      </NativeStop>,
      'pricing_clicked by PricingLink',
    ],
  ])('is reported once by %s', async (_, ui, expected) => {
    const tracking = render(ui)
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toEqual([expected])
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toEqual([expected, expected])
  })

  it('is reported for the middle button too', async () => {
    const tracking = render(
      <PricingLink event="pricing_clicked" href="/pricing">
        <Child onAuxClick={stop}>Go</Child>
      </PricingLink>,
    )
    await userEvent.click(page.getByText('Go'), { button: 'middle' })
    await userEvent.click(page.getByText('Go'), { button: 'right' })
    expect(await reported(tracking)).toEqual(['pricing_clicked by PricingLink'])
  })

  it('is reported for the middle button where the element of the link prevents', async () => {
    window.removeEventListener('auxclick', stay, true)
    const tracking = render(
      <PricingLink event="pricing_clicked" render={createElement('a', { href: '/b', onAuxClick: prevent })}>
        <button type="button">Go</button>
      </PricingLink>,
    )
    await userEvent.click(page.getByText('Go'), { button: 'middle' })
    expect(await reported(tracking)).toEqual(['pricing_clicked by PricingLink'])
  })

  it('is no use of the link where the handler also prevents: a button in a card', async () => {
    window.removeEventListener('click', stay, true)
    const take = (click: MouseEvent) => {
      click.stopPropagation()
      click.preventDefault()
    }
    const tracking = render(
      <PricingLink event="pricing_clicked" href="/pricing">
        <Child onClick={take}>Remember</Child>
      </PricingLink>,
    )
    await userEvent.click(page.getByText('Remember'))
    expect(await reported(tracking)).toEqual([])
  })

  it('is reported on the page on which it was made, where the handler opens another one', async () => {
    function Shop() {
      const [path, setPath] = useState('/cart')
      usePage({ pathname: path })
      const leave = (click: MouseEvent) => {
        click.stopPropagation()
        flushSync(() => setPath('/pricing'))
      }
      return (
        <PricingLink event="pricing_clicked" href="/pricing">
          <Child onClick={leave}>Go</Child>
        </PricingLink>
      )
    }
    const tracking = render(<Shop />)
    await userEvent.click(page.getByText('Go'))
    await reported(tracking)
    const clicked = tracking.decisions().filter((decision) => decision.event === 'pricing_clicked')
    expect(clicked.map(({ page: { path } }) => path)).toEqual(['/cart'])
  })

  /** Routes in the bubble phase of the DOM, before React calls its handlers. */
  function NativeRouter({ open, children }: { readonly open: () => void; readonly children: ReactNode }) {
    const route = (click: Event) => {
      click.preventDefault()
      flushSync(open)
    }
    return <div ref={(node) => node?.addEventListener('click', route)}>{children}</div>
  }
  const routed = (open: () => void) => (click: MouseEvent) => {
    prevent(click)
    flushSync(open)
  }
  const away = 'https://partner.example/'

  it.each<[string, (open: () => void) => ReactElement, string[]]>([
    [
      "the link's own handler",
      (open) => (
        <TrackedLink event="link_used" href="/b" onClick={routed(open)}>
          Go
        </TrackedLink>
      ),
      ['/cart'],
    ],
    [
      'its own handler, for a click on a control inside',
      (open) => (
        <TrackedLink event="link_used" href="/b" onClick={routed(open)}>
          <button type="button">Go</button>
        </TrackedLink>
      ),
      ['/cart'],
    ],
    [
      'an icon inside',
      (open) => (
        <TrackedLink event="link_used" href="/b">
          <Child onClick={routed(open)}>Go</Child>
        </TrackedLink>
      ),
      ['/cart'],
    ],
    [
      'an element around the content, in the commit after its handler',
      (open) => (
        <Child
          onClick={(click) => {
            prevent(click)
            open()
          }}
        >
          <Content>
            <a href="/b">
              <b>Go</b>
            </a>
          </Content>
        </Child>
      ),
      ['/cart'],
    ],
    [
      'a listener of the DOM',
      (open) => (
        <NativeRouter open={open}>
          <TrackedLink event="link_used" href="/b">
            Go
          </TrackedLink>
        </NativeRouter>
      ),
      ['/cart'],
    ],
    [
      'a button',
      (open) => (
        <TrackedButton event="link_used" type="submit" onClick={routed(open)}>
          Go
        </TrackedButton>
      ),
      ['/cart'],
    ],
    [
      'a control that takes the click of its link',
      (open) => (
        <TrackedLink event="link_used" href="/b">
          <button type="button" onClick={routed(open)}>
            Go
          </button>
        </TrackedLink>
      ),
      [],
    ],
    [
      'a control in a link to another site',
      (open) => (
        <Content>
          <a href={away}>
            <button type="button" onClick={routed(open)}>
              Go
            </button>
          </a>
        </Content>
      ),
      [],
    ],
  ])('is prevented and opens another page: %s', async (_, link, expected) => {
    window.removeEventListener('click', stay, true)
    function Shop() {
      const [path, setPath] = useState('/cart')
      usePage({ pathname: path })
      return path === '/cart' ? link(() => setPath('/b')) : <p>There</p>
    }
    const tracking = render(<Shop />)
    await userEvent.click(page.getByText('Go'))
    await reported(tracking)
    const used = tracking.decisions().filter(({ event: name }) => name !== 'page_view')
    expect(used.map(({ page: { path } }) => path)).toEqual(expected)
  })

  it('leaves with the page at `pagehide`', async () => {
    const atPagehide: number[] = []
    const leave = (click: MouseEvent) => {
      click.stopPropagation()
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
      atPagehide.push(tracking.decisions().length)
    }
    const tracking = render(
      <PricingLink event="pricing_clicked" href="/pricing">
        <Child onClick={leave}>Go</Child>
      </PricingLink>,
    )
    await userEvent.click(page.getByText('Go'))
    expect(atPagehide).toEqual([1])
    expect(await reported(tracking)).toEqual(['pricing_clicked by PricingLink'])
  })
})

describe('a link and what is inside of it', () => {
  const content = (link: ReactElement) => <Content>{link}</Content>
  const routed = (props: object, children: ReactNode) => (
    <MemoryRouter>
      <Content>
        <Link to="/pricing" {...props}>
          {children}
        </Link>
      </Content>
    </MemoryRouter>
  )
  const take = (click: MouseEvent) => {
    click.stopPropagation()
    click.preventDefault()
  }
  const inner = (onClick?: (click: MouseEvent) => void) => (
    <button type="button" onClick={onClick}>
      Go
    </button>
  )
  const here = '#here'
  const there = 'https://partner.example/'

  it.each<[string, ReactElement]>([
    ['a button takes', content(<a href={here}>{inner(take)}</a>)],
    [
      'an icon takes',
      content(
        <a href={here}>
          <Child onClick={take}>Go</Child>
        </a>,
      ),
    ],
    ['a button in a link of a router takes', routed({}, inner(take))],
    ['a button prevents, in a link to another site', content(<a href={there}>{inner(prevent)}</a>)],
    [
      'an element above takes on the way down',
      <div key="" onClickCapture={take}>
        {content(<a href={here}>Go</a>)}
      </div>,
    ],
    [
      'a button in a PricingLink prevents',
      <PricingLink key="" event="pricing_clicked" href={here}>
        {inner(prevent)}
      </PricingLink>,
    ],
    [
      'a button in a TrackedLink of a router prevents',
      <MemoryRouter key="">
        <TrackedLink event="link_used" render={<Link to="/pricing" />}>
          {inner(prevent)}
        </TrackedLink>
      </MemoryRouter>,
    ],
  ])('is not followed, nor reported: %s', async (_, ui) => {
    window.removeEventListener('click', stay, true)
    const tracking = render(ui)
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toEqual([])
  })

  it.each<[string, ReactElement]>([
    ['a router', routed({}, <b>Go</b>)],
    ['a router, and the link stops the click for the card around it', routed({ onClick: stop }, 'Go')],
    ['a router, by a button inside', routed({}, inner())],
    ['the browser, and a button inside stops the click', content(<a href={here}>{inner(stop)}</a>)],
    [
      'the browser, and an element above stops the click on its way down',
      <div key="" onClickCapture={stop}>
        {content(<a href={here}>Go</a>)}
      </div>,
    ],
    [
      'a router, in a PricingLink that stops the click',
      <MemoryRouter key="">
        <PricingLink event="pricing_clicked" onClick={stop} render={<Link to="/pricing" />}>
          {inner()}
        </PricingLink>
      </MemoryRouter>,
    ],
    [
      'a handler of its own element, and a button inside was clicked',
      <TrackedLink key="" event="link_used" render={createElement('a', { href: here, onClick: prevent })}>
        {inner()}
      </TrackedLink>,
    ],
    [
      'a handler of the TrackedLink itself',
      <TrackedLink key="" event="link_used" href={here} onClick={take}>
        <b>Go</b>
      </TrackedLink>,
    ],
  ])('is followed, and reported once: by %s', async (_, ui) => {
    window.removeEventListener('click', stay, true)
    const tracking = render(ui)
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toHaveLength(1)
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toHaveLength(2)
  })
})

describe('a click that an element above stops on its way down', () => {
  it('is no use of a button: its own handler does not run either', async () => {
    let opened = 0
    const tracking = render(
      <div onClickCapture={stop}>
        <TrackedButton event="pricing_clicked" onClick={() => opened++}>
          Go
        </TrackedButton>
      </div>,
    )
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toEqual([])
    expect(opened).toBe(0)
  })

  it.each([
    ['stops it', stop, 'ContentLinks'],
    ['does not', undefined, 'PricingLink'],
  ])('is seen by tracked content around the link, once in all: the element %s', async (_, above, by) => {
    const tracking = render(
      <Content>
        <div onClickCapture={above}>
          <PricingLink event="link_used" href="#here">
            Go
          </PricingLink>
        </div>
      </Content>,
    )
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toEqual([`link_used by ${by}`])
  })
})

describe('a click whose element goes', () => {
  it('is reported where a handler above removes the link on the way down', async () => {
    function Menu() {
      const [open, setOpen] = useState(true)
      const close = () => flushSync(() => setOpen(false))
      return (
        <nav onClickCapture={close}>
          {open && (
            <PricingLink event="pricing_clicked" href="/pricing">
              Go
            </PricingLink>
          )}
        </nav>
      )
    }
    const tracking = render(<Menu />)
    await userEvent.click(page.getByText('Go'))
    expect(tracking.container.querySelector('a')).toBeNull()
    expect(await reported(tracking)).toEqual(['pricing_clicked by PricingLink'])
  })

  it.each(['onClickCapture', 'onClick'] as const)('is reported where %s swaps the icon', async (phase) => {
    function Like({ as: As }: { readonly as: typeof TrackedButton | typeof PricingLink }) {
      const [liked, setLiked] = useState(false)
      const swap = { [phase]: () => flushSync(() => setLiked(!liked)) }
      return (
        <As event="pricing_clicked" {...swap}>
          {liked ? <i key="on">on</i> : <b key="off">off</b>}
        </As>
      )
    }
    const tracking = render(<Like as={TrackedButton} />)
    await userEvent.click(page.getByText('off'))
    expect(await reported(tracking)).toEqual(['pricing_clicked by TrackedButton'])
    tracking.rerender(<Like key="link" as={PricingLink} />)
    await userEvent.click(page.getByText('off'))
    expect(await reported(tracking)).toHaveLength(2)
  })

  it('is reported where the icon replaces its own contents', async () => {
    const tracking = render(
      <TrackedButton event="pricing_clicked" onClick={({ target }) => (target as Element).remove()}>
        <b>off</b>
      </TrackedButton>,
    )
    await userEvent.click(page.getByText('off'))
    expect(await reported(tracking)).toEqual(['pricing_clicked by TrackedButton'])
  })
})

describe('one click, several watchers', () => {
  const html = { __html: '<a href="/pricing">Go</a>' }

  it('of the same event: the tracked link inside of tracked content reports', async () => {
    const tracking = render(
      <Content>
        <TrackedLink event="link_used" href="/pricing">
          Go
        </TrackedLink>
      </Content>,
    )
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toEqual(['link_used by TrackedLink'])
  })

  it('of the same event: the innermost container reports, once', async () => {
    function Inner() {
      // biome-ignore lint/security/noDangerouslySetInnerHtml: links that React has not written
      return <p ref={useContentLinks({ events: { internal: 'link_used' } })} dangerouslySetInnerHTML={html} />
    }
    const tracking = render(
      <Content>
        <Content>
          <Inner />
        </Content>
      </Content>,
    )
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toEqual(['link_used by ContentLinks'])
    const [decision] = tracking.decisions()
    expect(decision?.outcome).toBe('fired')
  })

  it('of different events: each reports its own', async () => {
    const tracking = render(
      <Content>
        <PricingLink event="pricing_clicked" href="/pricing">
          Go
        </PricingLink>
      </Content>,
    )
    await userEvent.click(page.getByText('Go'))
    expect((await reported(tracking)).sort()).toEqual([
      'link_used by ContentLinks',
      'pricing_clicked by PricingLink',
    ])
  })

  it('of one event: a button around a link, and the click is stopped', async () => {
    const tracking = render(
      <TrackedButton event="pricing_clicked" render={<div />}>
        <PricingLink event="pricing_clicked" href="/pricing">
          <Child onClick={stop}>Go</Child>
        </PricingLink>
      </TrackedButton>,
    )
    await userEvent.click(page.getByText('Go'))
    expect(await reported(tracking)).toEqual(['pricing_clicked by PricingLink'])
  })

  it('a label and the control that the browser clicks for it are one', async () => {
    window.removeEventListener('click', stay, true)
    const tracking = render(
      <TrackedButton event="option_selected" properties={{ by: 'label' }} render={createElement('label')}>
        <input type="checkbox" />
        <b>Large</b>
      </TrackedButton>,
    )
    await userEvent.click(page.getByText('Large'))
    expect(tracking.container.querySelector('input')?.checked).toBe(true)
    expect(await reported(tracking)).toEqual(['option_selected by TrackedButton'])
    await userEvent.click(page.getByRole('checkbox'))
    await userEvent.click(page.getByText('Large'))
    expect(await reported(tracking)).toHaveLength(3)
  })

  it('a label and then its control, by a program in one task, are two', async () => {
    window.removeEventListener('click', stay, true)
    const tracking = render(
      <TrackedButton event="option_selected" properties={{ by: 'program' }} render={createElement('label')}>
        <input type="checkbox" />
        <b>Large</b>
      </TrackedButton>,
    )
    const { container } = tracking
    container.querySelector('b')?.click()
    container.querySelector('input')?.click()
    expect(await reported(tracking)).toHaveLength(2)
  })

  it('two clicks are two', async () => {
    const tracking = render(
      <Content>
        <TrackedLink event="link_used" href="/pricing">
          Go
        </TrackedLink>
      </Content>,
    )
    const link = page.getByText('Go').element() as HTMLElement
    link.click()
    link.click()
    expect(await reported(tracking)).toHaveLength(2)
  })
})

it('a component that takes the handlers and gives no event reports each click once', async () => {
  function Own({ onClick, ...rest }: { readonly onClick?: () => void }) {
    return <button type="button" {...rest} onClick={() => onClick?.()} />
  }
  const tracking = render(
    <TrackedButton event="pricing_clicked" render={<Own />}>
      Go
    </TrackedButton>,
  )
  await userEvent.click(page.getByText('Go'))
  expect(await reported(tracking)).toEqual(['pricing_clicked by TrackedButton'])
})

it('a component that hands on neither event nor click reports its use, not that of the one around it', async () => {
  type Given = { readonly onClick?: () => void; readonly onClickCapture?: () => void; children?: ReactNode }
  const Own = ({ onClick, onClickCapture, children }: Given) => (
    // biome-ignore lint/a11y: what it is must not matter
    <div onClick={() => onClick?.()} onClickCapture={onClickCapture}>
      {children}
    </div>
  )
  const tracking = render(
    <TrackedButton event="link_used" render={<Own />}>
      <TrackedButton event="pricing_clicked" render={<Own />}>
        Go
      </TrackedButton>
    </TrackedButton>,
  )
  await userEvent.click(page.getByText('Go'))
  expect(await reported(tracking)).toEqual(['pricing_clicked by TrackedButton', 'link_used by TrackedButton'])
})

it('leaves a click in a portal alone, also where a handler removes what was clicked', async () => {
  const tracking = render(
    <PricingLink event="pricing_clicked" href="/pricing">
      Go
      {createPortal(
        <p>
          <Child onClick={({ target }) => (target as Element).remove()}>Close</Child>
        </p>,
        document.body,
      )}
    </PricingLink>,
  )
  await userEvent.click(page.getByText('Close'))
  expect(await reported(tracking)).toEqual([])
})

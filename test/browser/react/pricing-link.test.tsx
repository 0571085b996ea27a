import { cleanup, renderHook } from '@testing-library/react'
import { createRef, type MouseEvent, type ReactElement, type ReactNode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { MicroconversionProvider, PricingLink, TrackingScope, useTrackedLink } from 'react-microconversions'
import { createTestTracker, renderWithTracking } from 'react-microconversions/testing'
import { Link, MemoryRouter, Route, Routes } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventually, patient, plan } from './plan.ts'

/** Whether the default of each click was prevented when everybody but the browser had their turn; none navigates. */
let prevented: boolean[] = []

function note(event: Event) {
  prevented.push(event.defaultPrevented)
  event.preventDefault()
}

beforeEach(() => {
  prevented = []
  for (const type of ['click', 'auxclick', 'contextmenu']) window.addEventListener(type, note)
})

afterEach(() => {
  for (const type of ['click', 'auxclick', 'contextmenu']) window.removeEventListener(type, note)
  cleanup()
})

const link = (name = 'See pricing') => page.getByRole('link', { name })
const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
const pricing = (
  <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="/pricing">
    See pricing
  </PricingLink>
)

describe('one use, one event', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a click', () => userEvent.click(link())],
    ['Ctrl + click', () => userEvent.click(link(), { modifiers: ['Control'] })],
    ['Meta + click', () => userEvent.click(link(), { modifiers: ['Meta'] })],
    ['Shift + click', () => userEvent.click(link(), { modifiers: ['Shift'] })],
    ['the middle button', () => userEvent.click(link(), { button: 'middle' })],
    ['Enter', () => userEvent.tab().then(() => userEvent.keyboard('{Enter}'))],
    ['Ctrl + Enter', () => userEvent.tab().then(() => userEvent.keyboard('{Control>}{Enter}{/Control}'))],
    ['a click by a program', async () => (link().element() as HTMLElement).click()],
  ])('%s', async (_, use) => {
    const { decisions } = render(pricing)
    await use()
    expect(decisions()).toMatchObject([
      {
        event: 'pricing_clicked',
        outcome: 'fired',
        properties: { tier: 'pro' },
        trigger: { component: 'PricingLink', fact: 'click' },
      },
    ])
    expect(prevented).toEqual([false])
  })

  it('is not the right button, a key that types, focus, or the pointer above', async () => {
    const { decisions } = render(pricing)
    await userEvent.hover(link())
    await userEvent.click(link(), { button: 'right' })
    await userEvent.tab()
    await userEvent.keyboard('a{Escape}')
    expect(decisions()).toEqual([])
  })

  it('reaches the destination with the scope around it', async () => {
    const { tracker, destination } = render(
      <TrackingScope properties={{ section: 'hero', position: 1 }}>
        <TrackingScope properties={{ position: 2, variant: 'b' }}>{pricing}</TrackingScope>
      </TrackingScope>,
    )
    await userEvent.click(link())
    await tracker.flush()
    expect(destination.events).toMatchObject([
      {
        name: 'pricing_clicked',
        properties: { tier: 'pro' },
        context: { scope: { section: 'hero', position: 2, variant: 'b' } },
      },
    ])
  })
})

describe('a guest', () => {
  it('is the element alone, and everything else passes through', () => {
    const { container } = render(
      <PricingLink
        event="pricing_clicked"
        href="/pricing"
        className="cta"
        style={{ color: 'red' }}
        aria-label="Plans"
        data-testid="cta"
        target="_blank"
        rel="noopener"
        download="plans.pdf"
        tabIndex={0}
        hrefLang="en"
      >
        See <b>pricing</b>
      </PricingLink>,
    )
    expect(container.innerHTML).toMatch(/^<a [^<>]*>See <b>pricing<\/b><\/a>$/)
    // By name: engines differ in where they write `style`.
    const attributes = [...(container.firstElementChild as Element).attributes]
    expect(Object.fromEntries(attributes.map(({ name, value }) => [name, value]))).toEqual({
      ...{
        href: '/pricing',
        class: 'cta',
        style: 'color: red;',
        'aria-label': 'Plans',
        'data-testid': 'cta',
      },
      ...{ target: '_blank', rel: 'noopener', download: 'plans.pdf', tabindex: '0', hreflang: 'en' },
    })
  })

  it('calls the handlers of the consumer first, with the event, and lets them prevent', async () => {
    const seen: string[] = []
    const { decisions } = render(
      <PricingLink
        event="pricing_clicked"
        href="/pricing"
        onClick={(event) => {
          seen.push(`${event.type}, ${decisions().length} decisions, ${event.currentTarget.localName}`)
          event.preventDefault()
        }}
        onAuxClick={(event) => seen.push(`${event.type}, ${decisions().length} decisions`)}
      >
        See pricing
      </PricingLink>,
    )
    await userEvent.click(link())
    await userEvent.click(link(), { button: 'right' })
    await userEvent.click(link(), { button: 'middle' })
    expect(seen).toEqual(['click, 0 decisions, a', 'auxclick, 1 decisions', 'auxclick, 1 decisions'])
    expect(decisions()).toHaveLength(2)
    expect(prevented.filter(Boolean)).toHaveLength(1)
  })

  it('counts a click that goes no further', async () => {
    const above = vi.fn()
    const { decisions } = render(
      // biome-ignore lint/a11y: what is around the link must not matter
      <div onClick={above}>
        <PricingLink
          event="pricing_clicked"
          href="/pricing"
          onClick={(event) => {
            event.stopPropagation()
            event.preventDefault()
          }}
        >
          See pricing
        </PricingLink>
      </div>,
    )
    await userEvent.click(link())
    expect(decisions()).toHaveLength(1)
    expect(above).not.toHaveBeenCalled()
  })

  it('counts a click whose other handler breaks, and the error stays the one of that handler', () => {
    const { tracker, decisions } = createTestTracker(plan)
    const wrapper = ({ children }: { children: ReactNode }) => (
      <MicroconversionProvider tracker={tracker}>{children}</MicroconversionProvider>
    )
    const broken = () => {
      throw new ReferenceError('gtag is not defined')
    }
    const { result } = renderHook(
      () => useTrackedLink({ event: 'pricing_clicked', onClick: broken, onAuxClick: broken }),
      { wrapper },
    )
    const click = (button: number) => ({ button }) as MouseEvent<HTMLAnchorElement>
    expect(() => result.current.onClick(click(0))).toThrow('gtag is not defined')
    expect(() => result.current.onAuxClick(click(1))).toThrow('gtag is not defined')
    expect(decisions()).toHaveLength(2)
  })

  it('leaves navigation to the browser', async () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const inside = frame.contentDocument as Document
    const root = createRoot(inside.body.appendChild(inside.createElement('div')))
    const { tracker, decisions } = createTestTracker(plan)
    const anchor = await new Promise<HTMLAnchorElement>((resolve) =>
      root.render(
        <MicroconversionProvider tracker={tracker}>
          <PricingLink
            event="pricing_clicked"
            href="about:blank#pricing"
            ref={(element) => {
              if (element) resolve(element)
            }}
          />
        </MicroconversionProvider>,
      ),
    )
    inside.addEventListener('click', (event) => prevented.push(event.defaultPrevented))
    anchor.click()
    await eventually(() => expect(inside.location.hash).toBe('#pricing'))
    expect(prevented).toEqual([false])
    expect(decisions()).toHaveLength(1)
    root.unmount()
    frame.remove()
  })

  it('hands out refs: of an object, of a function, with a cleanup, and none', () => {
    const object = createRef<HTMLAnchorElement>()
    const calls: (string | undefined)[] = []
    const { unmount, container } = render(
      <>
        <PricingLink event="pricing_clicked" ref={object} />
        <PricingLink event="pricing_clicked" ref={(element) => void calls.push(element?.localName)} />
        <PricingLink
          event="pricing_clicked"
          ref={(element) => {
            calls.push(element?.localName)
            return () => void calls.push('cleanup')
          }}
        />
        <PricingLink event="pricing_clicked" ref={null} />
      </>,
    )
    expect(object.current).toBe(container.firstChild)
    expect(calls).toEqual(['a', 'a'])
    unmount()
    expect(object.current).toBeNull()
    expect(calls.slice(2)).toEqual([undefined, 'cleanup'])
  })
})

describe('render', () => {
  const routes = (ui: ReactNode) => (
    <MemoryRouter>
      <Routes>
        <Route path="/" element={ui} />
        <Route path="/pricing" element={<h1>Plans</h1>} />
      </Routes>
    </MemoryRouter>
  )

  it.each([
    [
      'an element',
      <PricingLink key="link" event="pricing_clicked" className="cta" render={<Link to="/pricing" />}>
        See pricing
      </PricingLink>,
    ],
    [
      'a function',
      <PricingLink
        key="link"
        event="pricing_clicked"
        className="cta"
        render={(props) => <Link {...props} to="/pricing" />}
      >
        See pricing
      </PricingLink>,
    ],
  ])('is a link of the router: %s', async (_, ui) => {
    const { decisions, container } = render(routes(ui))
    expect(container.innerHTML).toBe('<a class="cta" href="/pricing" data-discover="true">See pricing</a>')
    await userEvent.click(link())
    await expect.element(page.getByRole('heading', { name: 'Plans' }), patient).toBeVisible()
    expect(decisions()).toHaveLength(1)
    expect(prevented).toEqual([true])
  })

  it('runs the handlers of the element, then those of the link, then reports', async () => {
    const order: string[] = []
    const { decisions } = render(
      <PricingLink
        event="pricing_clicked"
        onClick={() => order.push('link')}
        onMouseEnter={() => order.push('link enters')}
        render={
          <a
            href="/pricing"
            onClick={() => order.push(`element, ${decisions().length}`)}
            onMouseEnter={() => order.push('element enters')}
          />
        }
      >
        See pricing
      </PricingLink>,
    )
    await userEvent.click(link())
    expect(order).toEqual(['element enters', 'link enters', 'element, 0', 'link'])
    expect(decisions()).toHaveLength(1)
  })

  it('still reports when a handler of the element is given as undefined', async () => {
    const optional: { onClick?: () => void } = {}
    const { decisions } = render(
      routes(
        <PricingLink
          event="pricing_clicked"
          render={<Link to="/pricing" onClick={optional.onClick} onAuxClick={undefined} />}
        >
          See pricing
        </PricingLink>,
      ),
    )
    await userEvent.click(link(), { button: 'middle' })
    await userEvent.click(link())
    expect(decisions()).toHaveLength(2)
  })

  it('lets the props of the element win, and keeps the rest', () => {
    const { container } = render(
      <PricingLink
        event="pricing_clicked"
        href="/a"
        title="kept"
        render={
          <a href="/b" className="own">
            Own
          </a>
        }
      >
        Outer
      </PricingLink>,
    )
    expect(container.innerHTML).toBe('<a href="/b" class="own" title="kept">Own</a>')
  })

  it('fills the ref of the link and that of the element, and empties both', () => {
    const outer = createRef<HTMLAnchorElement>()
    const calls: (string | undefined)[] = []
    const inner = createRef<HTMLAnchorElement>()
    const { container, unmount } = render(
      <>
        <PricingLink event="pricing_clicked" ref={outer} render={<a href="/a" ref={inner} />} />
        <PricingLink
          event="pricing_clicked"
          ref={(element) => {
            calls.push(element?.localName)
            return () => void calls.push('cleanup')
          }}
          render={<a href="/b" ref={(element) => void calls.push(element?.localName)} />}
        />
      </>,
    )
    expect([outer.current, inner.current]).toEqual([container.firstChild, container.firstChild])
    expect(calls).toEqual(['a', 'a'])
    unmount()
    expect([outer.current, inner.current]).toEqual([null, null])
    expect(calls.slice(2)).toEqual(['cleanup', undefined])
  })

  it('bears ref callbacks that return what is no cleanup, as plain JavaScript does', () => {
    let element: unknown
    const careless = ((given: unknown) => (element = given)) as (given: unknown) => void
    const { unmount } = render(
      <PricingLink event="pricing_clicked" ref={careless} render={<a href="/a" ref={() => {}} />} />,
    )
    expect(element).toBeInstanceOf(HTMLAnchorElement)
    expect(unmount).not.toThrow()
    expect(element).toBeNull()
  })

  it('keeps the key and the state of the element', async () => {
    function Counter(props: object) {
      const [count, setCount] = useState(0)
      return (
        <button type="button" {...props} onPointerDown={() => setCount(count + 1)}>
          {count}
        </button>
      )
    }
    const ui = <PricingLink event="pricing_clicked" render={<Counter />} />
    const { rerender } = render(ui)
    await userEvent.click(page.getByRole('button'))
    rerender(ui)
    await expect.element(page.getByRole('button'), patient).toHaveTextContent('1')
  })
})

describe('useTrackedLink', () => {
  it('is the same for an element of your own', async () => {
    function Own() {
      return (
        <a href="/pricing" {...useTrackedLink({ event: 'pricing_clicked', component: 'Footer' })}>
          See pricing
        </a>
      )
    }
    const { decisions } = render(<Own />)
    await userEvent.click(link())
    await userEvent.click(link(), { button: 'middle' })
    expect(decisions()).toMatchObject([
      { trigger: { component: 'Footer', fact: 'click' } },
      { trigger: { component: 'Footer', fact: 'click' } },
    ])
  })
})

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import {
  Impression,
  MicroconversionProvider,
  PricingLink,
  standardEvents,
  TrackedButton,
  TrackedForm,
  useScrollDepth,
} from 'react-microconversions'
import { definePlan, event, typed } from 'react-microconversions/core'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { instrumentsOf } from '../../src/react/wiring/instruments.ts'
import { forgetChoices, hosts, launcher, option, shadow, tab } from '../support/overlay.tsx'

const plan = definePlan({
  name: 'why',
  version: '1',
  events: {
    pricing_clicked: event({ frequency: 'once-per-session', properties: typed<{ tier: string }>() }),
    menu_opened: event({}),
    chat_opened: event({ status: 'draft' }),
    ...standardEvents.form,
    ...standardEvents.scroll,
    ...standardEvents.visibility,
  },
})

let unmount = () => {}
const clicked = vi.fn()

function Site() {
  useScrollDepth()
  return (
    <main>
      <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="#pricing" onClick={clicked}>
        See pricing
      </PricingLink>
      <TrackedButton event="menu_opened" onClick={clicked}>
        <span>Menu</span>
      </TrackedButton>
      <p>Plain text</p>
      <TrackedForm name="demo" onSubmit={(submit) => submit.preventDefault()}>
        <input aria-label="Mail" name="mail" />
        <button type="submit">Send</button>
      </TrackedForm>
      <div style={{ height: 3000 }} />
      <Impression name="footer">
        <footer>Footer</footer>
      </Impression>
    </main>
  )
}

function open(consent: 'granted' | 'pending' = 'granted') {
  const tracking = createTestTracker(plan, { consent })
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  root.render(
    <StrictMode>
      <MicroconversionProvider tracker={tracking.tracker}>
        <Site />
        <MicroconversionDevtools enabled because="it is tested" />
      </MicroconversionProvider>
    </StrictMode>,
  )
  unmount = () => {
    root.unmount()
    tracking.tracker.dispose()
  }
  return tracking
}

async function ask(name: string) {
  await launcher().click()
  await tab('Why not?').click()
  await page.getByLabelText('Event', { exact: true }).selectOptions(name)
}
const frames = () => [...shadow().querySelectorAll<HTMLElement>('.frame')]
const boxOf = (element: Element) => {
  const { top, left, width, height } = element.getBoundingClientRect()
  return [top, left, width, height].map(Math.round)
}
const centre = (element: Element) => {
  const { left, top, width, height } = element.getBoundingClientRect()
  return {
    clientX: left + width / 2,
    clientY: top + height / 2,
    bubbles: true,
    composed: true,
    cancelable: true,
  }
}

beforeEach(async () => {
  forgetChoices()
  clicked.mockClear()
  await page.viewport(1280, 800)
})
afterEach(async () => {
  unmount()
  window.scrollTo(0, 0)
  await vi.waitFor(() => expect(hosts()).toHaveLength(0))
})

describe('why not', () => {
  test('names the first check in the way, and follows what happens', async () => {
    open()
    await ask('pricing_clicked')
    const line = page.getByText(/^(Not fired yet|Fired)/)
    await expect
      .element(line)
      .toHaveTextContent('Not fired yet. PricingLink “See pricing” was not clicked yet.')
    // What no attempt has passed has no tick.
    expect(shadow().querySelectorAll('.checks [data-state=passes]')).toHaveLength(0)
    await expect.element(page.getByText('not checked yet (once per session)')).toBeVisible()
    await expect.element(page.getByText('It fires on: click of PricingLink.')).toBeVisible()
    document.querySelector<HTMLElement>('a[href="#pricing"]')?.click()
    await expect
      .element(line)
      .toHaveTextContent(/^Fired .*It does not fire: Frequency – once per session, last .*ends\.$/)
    // What it asks for, done.
    await page.getByRole('button', { name: 'Reset frequency counters' }).click()
    await expect.element(line).toHaveTextContent('Nothing prevents it')
  })

  test('knows what the user has just done with the form, and leads to it', async () => {
    open()
    await ask('form_success')
    const line = page.getByText(/^Not fired yet/)
    await expect.element(line).toHaveTextContent('The form “demo” was not touched yet.')
    const mail = document.querySelector('input') as HTMLInputElement
    mail.required = true
    await userEvent.type(mail, 'a')
    await expect.element(line).toHaveTextContent(/The form “demo” was started .*, and not submitted\./)
    await userEvent.keyboard('{Backspace}')
    await page.getByRole('button', { name: 'Send' }).click()
    await expect.element(line).toHaveTextContent(/was submitted .* and stopped by validation: mail\./)
    await page.getByRole('button', { name: /^attempt \d/ }).click()
    await expect.element(page.getByRole('article', { name: 'form_failure' })).toBeVisible()
  })

  test('knows where the user has scrolled to, and how much of an element is in view', async () => {
    open()
    await ask('scroll')
    await expect
      .element(page.getByText(/The user has not scrolled: .* is in view; the next mark is 25%/))
      .toBeVisible()
    await page.getByLabelText('Event', { exact: true }).selectOptions('element_viewed')
    await expect
      .element(page.getByText(/0% of Impression “footer” is in view; it counts when 50% is, for 1 s/))
      .toBeVisible()
  })

  test('from the plan, and of an event that is still a draft', async () => {
    open()
    await launcher().click()
    await tab('Plan').click()
    await page.getByRole('button', { name: 'Why not? chat_opened' }).click()
    await expect.element(page.getByText('draft: declared, not yet emitted', { exact: true })).toBeVisible()
    const texts = [...shadow().querySelectorAll('.checks li')].map((check) => check.textContent)
    expect(texts[0]).toMatch(/^Not yet: On the page no component here reports it/)
    expect(texts.find((text) => text?.includes('Status'))).toMatch(/^Fails: Status/)
    expect(shadow().querySelector('.verdict-line')?.textContent).toMatch(/Set status: 'live' in the plan\.$/)
    expect(shadow().querySelector('.verdict-line code')?.textContent).toBe("status: 'live'")
  })

  test('an element out of view is said to be so, framed where it is, and can be gone to', async () => {
    open()
    await ask('element_viewed')
    await expect.element(page.getByText('Scroll it into view, or open what hides it.')).toBeVisible()
    const footer = document.querySelector('footer') as HTMLElement
    const source = page.getByRole('button', { name: 'Impression “footer”' })
    await source.click()
    await expect.poll(() => frames().map(boxOf)).toEqual([boxOf(footer)])
    await expect
      .element(page.getByText('Scroll it into view, or open what hides it.'))
      .not.toBeInTheDocument()
    await page.getByLabelText('Event', { exact: true }).click()
    await expect.poll(() => frames()).toEqual([])
  })
})

describe('picking an element', () => {
  test('by the pointer: it is framed, told, and not used', async () => {
    const { decisions } = open()
    await ask('menu_opened')
    await page.getByRole('button', { name: 'Pick on the page' }).click()
    await expect.element(page.getByText('Click an element of the page')).toBeVisible()
    const inside = document.querySelector('button span') as HTMLElement
    const button = document.querySelector('main button') as HTMLElement
    inside.dispatchEvent(new PointerEvent('pointermove', centre(inside)))
    await expect.poll(() => frames().map(boxOf)).toEqual([boxOf(button)])
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
      inside.dispatchEvent(new MouseEvent(type, centre(inside)))
    await expect.element(page.getByRole('heading', { name: 'TrackedButton “Menu”' })).toBeVisible()
    expect(clicked).not.toHaveBeenCalled()
    expect(decisions()).toEqual([])
    await expect.element(page.getByText('Never fired')).toBeVisible()
    await page.getByRole('button', { name: 'menu_opened' }).click()
    await expect
      .element(page.getByText('Not fired yet. TrackedButton “Menu” was not clicked yet.'))
      .toBeVisible()
    expect(frames()).toEqual([])
  })

  test('tells every fact of a component, also those that no event wants', async () => {
    open()
    await ask('form_start')
    await page.getByRole('button', { name: 'Pick on the page' }).click()
    await expect.element(page.getByText('Click an element of the page')).toBeVisible()
    document
      .querySelector('input')
      ?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    await expect.element(page.getByRole('heading', { name: 'TrackedForm “demo”' })).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'form_abandon' })).toBeVisible()
  })

  test('says so where nothing reports; Escape ends it, and the page is as before', async () => {
    open()
    await ask('menu_opened')
    const pick = page.getByRole('button', { name: 'Pick on the page' })
    const folded = page.getByText('Click an element of the page')
    await pick.click()
    await expect.element(folded).toBeVisible()
    await expect.element(pick).not.toBeInTheDocument()
    document.querySelector('p')?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    // The whole page reports how far it was scrolled.
    await expect.element(page.getByRole('heading', { name: 'ScrollDepth' })).toBeVisible()
    await pick.click()
    await expect.element(folded).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(pick).toHaveAttribute('aria-pressed', 'false')
    expect(shadow().activeElement).toBe(pick.element())
    await expect.element(tab('Why not?')).toBeVisible()
    await pick.click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    document.querySelector<HTMLElement>('main button')?.click()
    expect(clicked).toHaveBeenCalledOnce()
  })
})

test('counts beside the elements, gone when switched off and with the overlay', async () => {
  open()
  await ask('menu_opened')
  const marks = () => [...shadow().querySelectorAll('.mark')].map(({ textContent }) => textContent)
  const button = page.getByRole('button', { name: 'Counts on the page' })
  await button.click()
  await expect.poll(marks).toEqual(['0', '0', 'form 0'])
  document.querySelector<HTMLElement>('main button')?.click()
  await expect.poll(marks).toEqual(['0', '1', 'form 0'])
  await button.click()
  await expect.poll(marks).toEqual([])
})

describe('an attempt and its element', () => {
  test('pointing at the one frames the other, until the overlay is closed', async () => {
    open()
    await launcher().click()
    const button = document.querySelector('main button') as HTMLElement
    button.click()
    await page.getByText('Plain text').hover()
    await option(/menu_opened/).hover()
    await expect.poll(() => frames().map(boxOf)).toEqual([boxOf(button)])
    await page.getByText('Plain text').hover()
    await expect.poll(() => frames()).toEqual([])
    await option(/menu_opened/).hover()
    await expect.poll(() => frames()).toHaveLength(1)
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await expect.poll(() => frames()).toEqual([])
  })

  test('the detail leads to its element, and to the reasons', async () => {
    open()
    await launcher().click()
    const button = document.querySelector('main button') as HTMLElement
    button.click()
    await option(/menu_opened/).click()
    await page.getByRole('button', { name: 'Show its element' }).hover()
    await expect.poll(() => frames().map(boxOf)).toEqual([boxOf(button)])
    await page.getByRole('button', { name: 'Would it fire again?' }).click()
    await expect.element(page.getByText(/Nothing prevents it/)).toBeVisible()
    expect(frames()).toEqual([])
  })

  test('that has left the page is not kept', async () => {
    const { tracker } = open()
    await launcher().click()
    document.querySelector<HTMLElement>('main button')?.click()
    await expect.element(option(/menu_opened/)).toBeVisible()
    expect(instrumentsOf(tracker).all().length).toBeGreaterThan(0)
    unmount()
    await expect.poll(() => instrumentsOf(tracker).all()).toEqual([])
  })
})

describe('trying it', () => {
  test('a fact of a component, changed, fires and goes nowhere', async () => {
    const { decisions, destination, tracker } = open()
    await ask('scroll')
    const given = page.getByRole('textbox', { name: 'With' })
    await expect.element(given).toHaveValue(expect.stringContaining('"percent_scrolled": 75'))
    await page.getByRole('button', { name: 'Fire', exact: true }).click()
    await expect.element(page.getByText('Fired by a tester: nothing was counted')).toBeVisible()
    await tracker.flush()
    expect(destination.events).toEqual([])
    expect(decisions()).toMatchObject([
      {
        event: 'scroll',
        properties: { percent_scrolled: 75, scroll_name: 'page' },
        trigger: { component: 'ScrollDepth', fact: 'depth', factKey: 'page:75', synthetic: 'kept' },
      },
    ])
    await page.getByRole('button', { name: 'Show it in the timeline' }).click()
    await expect.element(option(/scroll/)).toHaveAttribute('aria-selected', 'true')
  })

  test('by hand, and sent where that is asked for; what is no object is refused in words', async () => {
    const { destination, tracker } = open()
    await ask('pricing_clicked')
    await page.getByLabelText('As', { exact: true }).selectOptions('a call of track')
    const given = page.getByRole('textbox', { name: 'With' })
    await given.fill('{ tier: pro }')
    const fire = page.getByRole('button', { name: 'Fire', exact: true })
    await fire.click()
    await expect.element(page.getByText(/^This is not JSON/)).toBeVisible()
    await given.fill('["pro"]')
    await fire.click()
    await expect.element(page.getByText(/^These are no properties/)).toBeVisible()
    await given.fill('{ "tier": "team" }')
    await page.getByRole('checkbox', { name: /send it to the real destinations/ }).click()
    await fire.click()
    await tracker.flush()
    expect(destination.events).toMatchObject([
      { name: 'pricing_clicked', properties: { tier: 'team' }, trigger: { synthetic: 'delivered' } },
    ])
  })
})

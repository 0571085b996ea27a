import axe from 'axe-core'
import { lazy, useState, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { type DevtoolsExtensions, MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Decision } from '../../src/engine/record/decision.ts'
import type { AnyTracker } from '../../src/engine/tracker-api.ts'
// Loaded here, so that no test waits for a cold server.
import '../../src/devtools/extensions/accept.tsx'
import '../../src/devtools/network/event-way.tsx'
import '../../src/devtools/network/network-view.tsx'
import {
  decision,
  forgetChoices,
  hosts,
  mountApp,
  option,
  recordedTracker,
  rows,
  shadow,
  tab,
} from '../support/overlay.tsx'

let unmount = () => {}

beforeEach(() => page.viewport(1280, 800))
afterEach(async () => {
  unmount()
  unmount = () => {}
  await vi.waitFor(() => expect(hosts()).toHaveLength(0))
  forgetChoices()
  vi.restoreAllMocks()
})

const payload = '{"name":"link_followed","cost":{"cents":12}}'
const deliveries = { http: { state: 'sent', attempts: 1, payload, queuedAt: 1 } } as const

async function open(
  extensions: DevtoolsExtensions,
  decisions: readonly Decision[] = [decision(1, { deliveries })],
) {
  const recorded = recordedTracker(decisions)
  unmount = mountApp({ tracker: recorded.tracker, defaultOpen: true, extensions })
  await expect.element(tab('Timeline')).toBeVisible()
  return recorded
}

const check = (name: string) => page.getByRole('checkbox', { name })
const field = () => page.getByRole('searchbox', { name: 'Filter attempts' })
const panel = () => shadow().querySelector('[role=tabpanel]')

function Costs({ tracker }: { readonly tracker: AnyTracker }) {
  const { subscribe, get } = tracker.record
  const { decisions } = useSyncExternalStore(subscribe, get)
  const [looked, setLooked] = useState(0)
  return (
    <div>
      <p className="cost">{decisions.length} events cost 12 ct</p>
      <button type="button" onClick={() => setLooked(looked + 1)}>
        Looked {looked}
      </button>
    </div>
  )
}

const costs: DevtoolsExtensions = {
  tabs: [{ id: 'costs', title: 'Costs', View: Costs }],
  columns: [{ id: 'team', title: 'Team', value: ({ number }) => (number % 2 ? 'growth' : 'docs') }],
  destinations: {
    http: {
      Summary: ({ payload: given }) => <b>{(given as { cost: { cents: number } }).cost.cents} ct</b>,
      Payload: ({ payload: given, decision: { event } }) => (
        <p>
          {event} costs {(given as { cost: { cents: number } }).cost.cents} cents
        </p>
      ),
    },
  },
  styles: '.cost { color: rgb(1, 2, 3) }',
}

describe('a tab', () => {
  test('stands after the overlay’s own, follows the record and keeps its state', async () => {
    const { add } = await open(costs)
    await expect.element(tab('Costs')).toBeVisible()
    expect(page.getByRole('tab').elements().at(-1)?.textContent).toBe('Costs')
    await tab('Costs').click()
    await expect.element(page.getByText('1 events cost 12 ct')).toBeVisible()
    await page.getByRole('button', { name: 'Looked 0' }).click()
    add(decision(2))
    await expect.element(page.getByText('2 events cost 12 ct')).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Looked 1' })).toBeVisible()
  })

  test('may have an id that a tab of the overlay had once', async () => {
    await open({ tabs: [{ id: 'consent', title: 'Banner', View: () => <p>Our banner</p> }] })
    await tab('Banner').click()
    await expect.element(page.getByText('Our banner')).toBeVisible()
  })

  test('obeys the keys of the tabs', async () => {
    await open(costs)
    await expect.element(tab('Costs')).toBeVisible()
    await tab('Timeline').click()
    await userEvent.keyboard('{ArrowLeft}')
    await vi.waitFor(() => expect(shadow().activeElement?.textContent).toBe('Costs'))
    await expect.element(page.getByRole('tabpanel', { name: 'Costs' })).toBeVisible()
    await userEvent.keyboard('{ArrowRight}')
    await vi.waitFor(() => expect(shadow().activeElement?.textContent).toBe('Timeline'))
  })

  test('is there again after a reload, if it was chosen', async () => {
    await open(costs)
    await tab('Costs').click()
    unmount()
    await vi.waitFor(() => expect(hosts()).toHaveLength(0))
    await open(costs)
    await expect.element(tab('Costs')).toHaveAttribute('aria-selected', 'true')
  })

  test('is loaded when it is chosen', async () => {
    const load = vi.fn(async () => ({ default: () => <p>Late</p> }))
    await open({ tabs: [{ id: 'late', title: 'Late ones', View: lazy(load) }] })
    expect(load).not.toHaveBeenCalled()
    await tab('Late ones').click()
    await expect.element(page.getByText('Late', { exact: true })).toBeVisible()
  })

  test('that throws says so in its place, and leaves the rest', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const Broken = () => {
      throw new Error('no costs today')
    }
    await open({ tabs: [{ id: 'broken', title: 'Broken', View: Broken }] })
    await tab('Broken').click()
    await expect.element(page.getByText('The tab “Broken” threw Error: no costs today')).toBeVisible()
    await tab('Timeline').click()
    await expect.element(option('link_followed')).toBeVisible()
    await expect.element(page.getByRole('heading', { name: 'App' })).toBeVisible()
  })

  test('leaves axe nothing to say, and has its styles', async () => {
    await open(costs)
    await tab('Costs').click()
    await expect.element(page.getByText('events cost')).toBeVisible()
    await Promise.all(
      shadow()
        .getAnimations()
        .map(({ finished }) => finished),
    )
    const { violations } = await axe.run(panel() as Element)
    expect(violations).toEqual([])
    const cost = (root: ParentNode) => root.querySelector('.cost') as Element
    expect(getComputedStyle(cost(shadow())).color).toBe('rgb(1, 2, 3)')
  })
})

describe('a column', () => {
  test('is in each row, and can be hidden and sought', async () => {
    await open(costs, [decision(1), decision(2, { event: 'chat_opened' })])
    const own = () => rows().map((row) => row.querySelector('.own')?.textContent)
    await vi.waitFor(() => expect(own()).toEqual(['Team: docs', 'Team: growth']))

    await field().fill('growth')
    await vi.waitFor(() => expect(own()).toEqual(['Team: growth']))
    await field().fill('-growth')
    await vi.waitFor(() => expect(own()).toEqual(['Team: docs']))
    await field().fill('')

    await page.getByRole('button', { name: 'View' }).click()
    await check('Team').click()
    await vi.waitFor(() => expect(own()).toEqual([undefined, undefined]))
    expect(localStorage.getItem('rmc-devtools:timeline')).toContain('team')
  })

  test('that throws says so in its cell; one without a value is not there', async () => {
    await open({
      columns: [
        {
          id: 'broken',
          title: 'Broken',
          value: () => {
            throw new Error('no team')
          },
        },
        { id: 'none', title: 'None', value: () => undefined },
      ],
    })
    await expect.element(option('link_followed')).toBeVisible()
    const cells = () => [...shadow().querySelectorAll('.own')].map((cell) => cell.textContent)
    await vi.waitFor(() => expect(cells()).toEqual(['Broken: threw Error: no team']))
  })
})

describe('a destination', () => {
  test('shows its payload in its own words, in the detail and in the network view', async () => {
    await open(costs)
    await option('link_followed').click()
    await expect.element(page.getByText('link_followed costs 12 cents')).toBeVisible()
    await expect.element(page.getByText('12 ct', { exact: true })).toBeVisible()
    await expect.element(page.getByText('As http takes it')).toBeVisible()

    await page.getByRole('button', { name: 'http', exact: true }).click()
    await expect.element(tab('Network')).toHaveAttribute('aria-selected', 'true')
    await expect.element(page.getByText('link_followed costs 12 cents')).toBeVisible()
    await page.getByRole('button', { name: 'Back to http' }).click()
    await expect.element(page.getByText('12 ct', { exact: true })).toBeVisible()
  })

  test('that throws says so in its place, and leaves the rest of the detail', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const throws = () => {
      throw new Error('not my payload')
    }
    await open({ destinations: { http: { Summary: throws, Payload: throws } } })
    await option('link_followed').click()
    await expect.element(page.getByText('Payload of “http” threw Error: not my payload')).toBeVisible()
    await expect.element(page.getByText('Summary of “http” threw Error: not my payload')).toBeVisible()
    await expect.element(page.getByText('As http takes it')).toBeVisible()
  })
})

describe('what is given', () => {
  test.each([
    ['tab of the overlay', { tabs: [{ id: 'why', title: 'Mine', View: () => null }] }, 'The tab "why"'],
    [
      'tab twice',
      {
        tabs: ['First', 'Mine'].map((title) => ({ id: 'own', title, View: () => null })),
      },
      'its id is there twice',
    ],
    [
      'column of the overlay',
      { columns: [{ id: 'reason', title: 'Mine', value: () => '' }] },
      'The column "reason"',
    ],
    ['id with a space', { tabs: [{ id: 'my tab', title: 'Mine', View: () => null }] }, 'an id takes letters'],
    ['list that is none', { tabs: 12 }, 'cannot be read'],
  ])('has no %s', async (_, extensions, said) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    await open(extensions as DevtoolsExtensions)
    const coded = () => error.mock.calls.flat().filter((text) => String(text).startsWith('[RMC303]'))
    await vi.waitFor(() => expect(coded()).toHaveLength(1))
    expect(coded()[0]).toContain(said)
    expect(tab('Mine').elements()).toHaveLength(0)
  })

  test('may change: the overlay stays as it is', async () => {
    const { tracker } = recordedTracker([decision(1)])
    const root = createRoot(document.body.appendChild(document.createElement('main')))
    unmount = () => root.unmount()
    const render = (extensions: DevtoolsExtensions) =>
      root.render(
        <MicroconversionDevtools
          enabled
          because="it is under test"
          tracker={tracker}
          defaultOpen
          extensions={extensions}
        />,
      )
    render(costs)
    await tab('Costs').click()
    const [host] = hosts()
    render({ ...costs, tabs: [...(costs.tabs ?? []), { id: 'more', title: 'More', View: () => null }] })
    await expect.element(tab('More')).toBeVisible()
    await expect.element(tab('Costs')).toHaveAttribute('aria-selected', 'true')
    expect(hosts()[0]).toBe(host)
    // The tab that somebody looks at goes: the timeline takes its place.
    render({})
    await expect.element(tab('Timeline')).toHaveAttribute('aria-selected', 'true')
    expect(hosts()[0]).toBe(host)
  })
})

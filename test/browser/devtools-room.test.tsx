import { definePlan, event, journey } from 'react-microconversions/core'
import { memory } from 'react-microconversions/destinations'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { forgetChoices, launcher, mountApp, rows, shadow, tab } from '../support/overlay.tsx'

const plan = definePlan({
  name: 'room',
  version: '1',
  events: {
    article_read: event({ stage: 'awareness', intent: 'low' }),
    second_article: event({ after: { event: 'article_read', times: 2 } }),
    demo_booked: event({ macro: true, goal: 'demo_booked', frequency: 'once-per-user' }),
  },
  funnels: { demo: ['article_read', 'demo_booked'] },
})

let cleanups: (() => unknown)[] = []

beforeEach(forgetChoices)

afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
  cleanups = []
})

interface Session {
  send: (method: string, parameters: object) => Promise<unknown>
}

async function emulate(features: Record<string, string>) {
  const send = (list: Record<string, string>) =>
    (cdp() as unknown as Session).send('Emulation.setEmulatedMedia', {
      features: Object.entries(list).map(([name, value]) => ({ name, value })),
    })
  cleanups.push(() => send({}))
  await send(features)
}

async function open(width: number, height: number) {
  await page.viewport(width, height)
  const { tracker } = createTestTracker(plan, {
    plugins: [journey()],
    consent: { analytics: 'granted', marketing: 'denied' },
    destinations: [memory({ name: 'crm' }), memory({ name: 'ads', consent: 'marketing' })],
  })
  for (let twice = 0; twice < 2; twice++) {
    tracker.track('article_read')
    tracker.track('demo_booked')
  }
  cleanups.push(mountApp({ tracker, defaultOpen: true }), () => tracker.dispose())
  await expect.element(tab('Timeline')).toBeVisible()
  await expect.poll(() => rows().length).toBeGreaterThan(0)
}

const settings = () => page.getByRole('button', { name: 'Settings' })

describe('compact', () => {
  /** What stands for a row in each view. */
  const lists: readonly (readonly [name: string, list: string])[] = [
    ['Timeline', '.row'],
    ['Why not?', '.checks'],
    ['Network', '.destination'],
    ['Plan', '.planned'],
    ['Journey', '.steps'],
    ['Health', '.facts'],
    ['User', '.matrix'],
    ['Session', '.block'],
  ]

  async function heights() {
    const found: Record<string, number> = {}
    for (const [name, list] of lists) {
      await tab(name).click()
      if (name === 'Why not?')
        await page.getByRole('combobox', { name: 'Event' }).selectOptions('demo_booked')
      await expect.poll(() => shadow().querySelector(list)).not.toBeNull()
      found[name] = shadow().querySelector(list)?.getBoundingClientRect().height ?? 0
    }
    return found
  }

  const choose = async (name: string) => {
    await settings().click()
    await page.getByRole('radio', { name }).click({ force: true })
  }

  test('makes the rows of every list lower, at once, and the window over them keeps its place', async () => {
    await open(1280, 800)
    const comfortable = await heights()
    await choose('Compact')
    const compact = await heights()
    for (const [name] of lists) {
      expect([name, compact[name]]).toEqual([name, expect.any(Number)])
      expect(compact[name], name).toBeLessThan(comfortable[name] ?? 0)
    }
    await tab('Timeline').click()
    const tops = () => rows().map((row) => row.getBoundingClientRect().top)
    await expect.poll(() => (tops()[1] ?? 0) - (tops()[0] ?? 0)).toBe(36)
    await choose('Comfortable')
    await tab('Timeline').click()
    await expect.poll(() => (tops()[1] ?? 0) - (tops()[0] ?? 0)).toBe(44)
  })
})

/** Controls that cannot be brought under a pointer. */
function unreachable(): string[] {
  const controls = shadow().querySelectorAll<HTMLElement>('button, input, select, textarea, summary, a')
  return [...controls].flatMap((control) => {
    if (!control.checkVisibility()) return []
    control.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const { left, top, width, height } = control.getBoundingClientRect()
    const hit = shadow().elementFromPoint(left + width / 2, top + height / 2)
    const reached = hit && (control.contains(hit) || hit.closest('label')?.contains(control))
    return reached ? [] : [`${control.outerHTML.slice(0, 100)} is under ${hit?.outerHTML.slice(0, 100)}`]
  })
}

const sizes = [
  [320, 480],
  [320, 256],
  [844, 390],
] as const
const setups = [
  ['as it is', {}, 'ltr'],
  ['from right to left', {}, 'rtl'],
  ['in forced colours', { 'forced-colors': 'active' }, 'ltr'],
  ['without motion', { 'prefers-reduced-motion': 'reduce' }, 'ltr'],
] as const

describe.each(sizes)('at %dx%d', (width, height) => {
  test.each(setups)('each control can be reached, %s', async (_, features, direction) => {
    document.documentElement.dir = direction
    cleanups.push(() => document.documentElement.removeAttribute('dir'))
    await emulate(features)
    await open(width, height)
    const still = 'prefers-reduced-motion' in features
    if (still) expect(shadow().getAnimations()).toEqual([])
    const check = async (name: string) => {
      await Promise.all(
        shadow()
          .getAnimations()
          .map(({ finished }) => finished),
      )
      expect([name, ...unreachable()]).toEqual([name])
      expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth)
    }
    await page.getByRole('button', { name: /^Filters/ }).click()
    await check('Filters')
    await page.getByRole('button', { name: /^Filters/ }).click()
    await rows()[0]?.click()
    await expect.element(page.getByRole('article')).toBeVisible()
    await check('Detail')
    await userEvent.keyboard('{Escape}')
    for (const name of ['Timeline', 'Why not?', 'Network', 'Plan', 'Journey', 'Health', 'User', 'Session']) {
      await tab(name).click()
      await expect.poll(() => shadow().querySelector('.view')?.childElementCount).toBeGreaterThan(0)
      await check(name)
    }
    await settings().click()
    await check('Settings')
    await page.getByRole('button', { name: 'Close' }).click()
    await expect.element(launcher()).toBeVisible()
    await check('closed')
  })
})

test('a screen reader hears one summary in three seconds, however much happens', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  cleanups.push(() => vi.useRealTimers())
  await page.viewport(1280, 800)
  const { tracker } = createTestTracker(plan, { plugins: [journey()], consent: 'granted' })
  cleanups.push(mountApp({ tracker, defaultOpen: true }), () => tracker.dispose())
  await expect.element(tab('Timeline')).toBeVisible()
  const heard: (string | null)[] = []
  const observer = new MutationObserver(([change]) => heard.push(change?.target.textContent ?? null))
  for (const region of shadow().querySelectorAll('[role=status], [aria-live]'))
    observer.observe(region, { childList: true, characterData: true, subtree: true })
  cleanups.push(() => observer.disconnect())

  /** Not `expect.poll`: it moves a clock that is not the real one. */
  const pass = async (ms: number) => {
    vi.advanceTimersByTime(ms)
    for (let frame = 0; frame < 2; frame++) await new Promise((drawn) => requestAnimationFrame(drawn))
  }
  const read = () => tracker.track('article_read')
  read()
  while (heard.length === 0) await pass(100)
  heard.length = 0
  for (let burst = 0; burst < 28; burst++) {
    for (let count = 0; count < 5; count++) read()
    await pass(100)
  }
  expect(heard).toEqual([])
  await pass(200)
  // The second article derives one event more.
  expect(heard).toEqual(['141 new attempts: 141 fired.'])
  read()
  await pass(2_700)
  expect(heard).toHaveLength(1)
  await pass(300)
  expect(heard.at(-1)).toBe('1 new attempt: 1 fired.')
})

import { build } from 'esbuild'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicEntries } from '../../scripts/entries.mjs'
import { type Arrived, type CollectingServer, collectingServer } from '../support/collecting-server.ts'
import { engines, launchEngine } from '../support/engines/launch-engine.ts'
import type { FormsPage } from '../support/forms-page.tsx'
import { openPage } from '../support/open-tracker-pages.ts'

declare global {
  var formsPage: FormsPage
}

async function serveForms() {
  const { outputFiles } = await build({
    entryPoints: ['test/support/forms-page.tsx'],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    write: false,
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const head = '<!doctype html><html lang="en"><title>Forms</title><link rel="icon" href="data:,">'
  return collectingServer({
    '/': `${head}<body><script type="module" src="/page.js"></script>`,
    '/other': `${head}<body>Other`,
    '/page.js': outputFiles[0]?.text ?? '',
  })
}

/** What a reader of the events would compare: the event, then what it says of fields, outcome and progress. */
function words({ name, properties }: Arrived): string {
  const told = (...keys: string[]) => keys.map((key) => properties[key]).filter((value) => value !== '')
  const by: Readonly<Record<string, () => unknown[]>> = {
    form_start: () => told('field_name'),
    form_field: () => told('field_name', 'field_state'),
    form_submit: () => told('form_submit_text', 'form_destination', 'navigated'),
    form_failure: () => told('error_code', 'invalid_field_names'),
    form_success: () => told('fields_completed', 'fields_total'),
    form_abandon: () => [
      ...told('fields_completed', 'fields_total'),
      `${properties['completion_percent']} %`,
      ...told('last_field'),
    ],
  }
  return [name.replace('form_', ''), ...(by[name]?.() ?? [])].join(' ')
}

/** In one millisecond, a form that is left or sent settles its fields first. */
const ranks = ['form_start', 'form_field', 'form_failure', 'form_submit', 'form_success', 'form_abandon']

const PATIENCE_MS = 20_000

interface Round {
  readonly title: string
  readonly kind: string
  readonly act: (page: Page) => Promise<unknown>
  readonly told: readonly string[]
}

const type = async (page: Page, text: string) => {
  await page.locator('[name=email]').focus()
  await page.keyboard.type(text)
}
const change = (page: Page) => page.evaluate(() => formsPage.change())

const decided = (page: Page, name: string, count: number) =>
  page.waitForFunction(
    ({ name, count }) =>
      formsPage.tracker.record.get().decisions.filter(({ event }) => event === name).length >= count,
    { name, count },
  )

const removals: readonly Round[] = [
  { title: 'its form is removed', kind: 'removed' },
  { title: 'its form is removed, in StrictMode', kind: 'strict' },
  { title: 'its form is removed with its route', kind: 'route' },
  { title: 'its form is removed, and had the focus before it was observed', kind: 'focused' },
  { title: 'its form is hidden with its page', kind: 'hidden' },
].map((round) => ({
  ...round,
  act: async (page: Page) => {
    await type(page, 'ada')
    await change(page)
    await decided(page, 'form_abandon', 1)
  },
  told: ['start email', 'field email valid', 'abandon 1 2 50 % email'],
}))

const keyboard =
  (...keys: readonly string[]) =>
  async (page: Page) => {
    await page.locator('[name=email]').focus()
    for (const key of keys)
      if (key.length > 1 && key === key.toLowerCase()) await page.keyboard.type(key)
      else await page.keyboard.press(key)
  }

const rounds: readonly Round[] = [
  ...removals,
  {
    title: 'a field that is removed alone while its user types',
    kind: 'field-removed',
    act: async (page) => {
      await type(page, 'ada')
      await change(page)
      await decided(page, 'form_field', 1)
    },
    told: ['start email', 'field email valid', 'abandon 0 1 0 % email'],
  },
  {
    title: 'a form that is moved while its user types',
    kind: 'moved',
    act: async (page) => {
      await type(page, 'ada')
      await change(page)
      await decided(page, 'form_field', 1)
      await type(page, 'b')
    },
    told: ['start email', 'field email valid', 'abandon 1 2 50 % email'],
  },
  {
    title: 'a field in a portal that is removed while its user types',
    kind: 'portal',
    act: async (page) => {
      await type(page, 'ada')
      await change(page)
      await decided(page, 'form_field', 1)
    },
    told: ['start email', 'field email valid', 'abandon 0 1 0 % email'],
  },
  {
    title: 'every kind of control, by keyboard, to a success',
    kind: 'controls',
    act: async (page) => {
      await keyboard(
        'ada',
        'Tab',
        'Space',
        'ArrowDown',
        'Tab',
        'Space',
        'Tab',
        'ArrowDown',
        'Tab',
        'hello',
        'Tab',
        'note',
        'Tab',
      )(page)
      // A script chooses the file: the browser's own dialog belongs to no driver.
      await page.evaluate(() => {
        const input = document.querySelector<HTMLInputElement>('[name=plan]')
        const files = new DataTransfer()
        files.items.add(new File(['plan'], 'plan.txt'))
        if (input) input.files = files.files
        for (const type of ['input', 'change']) input?.dispatchEvent(new Event(type, { bubbles: true }))
      })
      await page.locator('button').focus()
      await page.keyboard.press('Enter')
      await decided(page, 'form_success', 1)
    },
    told: [
      'start email',
      'field email valid',
      'field size valid',
      'field terms valid',
      'field topic valid',
      'field message valid',
      'field note valid',
      'field plan valid',
      'submit Send false',
      'success 7 7',
    ],
  },
  {
    title: 'what the browser refuses, corrected, and Enter in the field',
    kind: 'required',
    act: async (page) => {
      await keyboard('Enter')(page)
      await decided(page, 'form_failure', 1)
      await keyboard('ada', 'Enter')(page)
      await decided(page, 'form_failure', 2)
      await decided(page, 'form_field', 1)
      await keyboard('@example.com', 'Enter')(page)
      await decided(page, 'form_success', 1)
    },
    told: [
      'start',
      'failure validation email',
      'field email invalid',
      'failure validation email',
      'field email corrected',
      'submit Send false',
      'success 1 1',
    ],
  },
  {
    title: 'a dialog that formmethod=dialog closes',
    kind: 'dismissed',
    act: async (page) => {
      await keyboard('ada', 'Tab', 'Enter')(page)
      await decided(page, 'form_abandon', 1)
    },
    told: ['start email', 'field email valid', 'abandon 1 1 100 % email'],
  },
  {
    title: 'a dialog that Escape closes',
    kind: 'escaped',
    act: async (page) => {
      await keyboard('ada', 'Escape')(page)
      await decided(page, 'form_abandon', 1)
    },
    told: ['start email', 'field email valid', 'abandon 1 1 100 % email'],
  },
  {
    title: 'form.submit() by a script',
    kind: 'script',
    act: async (page) => {
      await type(page, 'ada')
      await change(page)
      await page.waitForURL('**/other?email=ada')
    },
    told: ['start email', 'submit /other true'],
  },
  {
    title: 'form.submit() by a script, to a frame',
    kind: 'script-in-frame',
    act: async (page) => {
      await type(page, 'ada')
      await change(page)
      await decided(page, 'form_submit', 1)
    },
    told: ['start email', 'submit /other false'],
  },
  {
    title: 'Enter that takes the page away',
    kind: 'plain',
    act: async (page) => {
      await type(page, 'ada')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/other?email=ada')
    },
    told: ['start email', 'field email valid', 'submit Send /other true'],
  },
  {
    title: 'a page that is left while its user types',
    kind: 'left',
    act: (page) => type(page, 'ada'),
    // Not settled: the page may come back, with the focus in the field.
    told: ['start email', 'abandon 0 1 0 % email'],
  },
]

describe.each(engines)('%s', (engine) => {
  let browser: Browser
  let server: CollectingServer
  let page: Page
  beforeAll(async () => {
    server = await serveForms()
    browser = await launchEngine(engine)
    page = await openPage(await browser.newContext(), server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })

  /** As it happened: of two requests, either may arrive first. */
  const toldOf = (kind: string) =>
    server
      .stored()
      .map(({ event }) => event)
      .filter(({ properties }) => properties['round'] === kind)
      .toSorted((a, b) => a.time - b.time || ranks.indexOf(a.name) - ranks.indexOf(b.name))
      .map(words)

  const run = async ({ kind, act, told }: Round) => {
    await page.goto(`${server.url}?${kind}`)
    await page.waitForFunction(() => 'formsPage' in globalThis && formsPage.isReady)
    await act(page)
    // What the end of the page adds comes with the next page.
    await page.goto(server.url)
    await page.waitForFunction(() => 'formsPage' in globalThis)
    await page.evaluate(() => formsPage.tracker.flush())
    await server.until(() => toldOf(kind).length >= told.length, PATIENCE_MS)
    expect(toldOf(kind)).toEqual(told)
  }

  test.each(rounds)('$title', run)
})

import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { AnyTracker } from '../../src/engine/tracker-api.ts'
// Loaded here, so that no test waits for a cold server: the tab imports them lazily.
import '../../src/devtools/session/session-view.tsx'
import '../../src/devtools/session/writers.ts'
import testing from '../../docs/testing.md?raw'
import { writeSession } from '../../src/devtools/session/session-file.ts'
import { sessionStore } from '../../src/devtools/session/session-store.ts'
import { blocksIn } from '../support/docs-blocks.ts'
import { hosts, launcher, mountApp, plan, rows, shadow, tab } from '../support/overlay.tsx'

let unmount = () => {}
let dispose = () => {}
const blobs = vi.spyOn(URL, 'createObjectURL')
const errors = vi.spyOn(console, 'error')

beforeEach(async () => {
  await page.viewport(1280, 800)
  blobs.mockClear()
  errors.mockClear()
})

afterEach(async () => {
  unmount()
  dispose()
  await vi.waitFor(() => expect(hosts()).toHaveLength(0))
  expect(errors.mock.calls).toEqual([])
})

const SECRET = 'SECRET-tier'

/** Three attempts: two of pricing, the second dropped, and a draft. */
function visited() {
  const tracking = createTestTracker(plan)
  dispose = tracking.tracker.dispose
  const { tracker, platform } = tracking
  tracker.track('pricing_clicked', { tier: SECRET })
  platform.advance(1_500)
  tracker.track('pricing_clicked', { tier: SECRET })
  tracker.track('chat_opened')
  return tracking
}

async function openTab(tracker: AnyTracker) {
  unmount = mountApp({ tracker, defaultOpen: true })
  await tab('Session').click()
  await expect.element(page.getByRole('heading', { name: 'Save or copy' })).toBeVisible()
}

const choice = (name: string) => page.getByRole('combobox', { name, exact: true })
const as = (name: string) => choice('As').selectOptions(name)
const button = (name: string | RegExp) => page.getByRole('button', { name })
const field = () => page.getByLabelText('Choose files')
const opened = () => page.getByRole('button', { name: /^Replay/ })

/** What `Save` has offered last. */
async function saved(): Promise<string> {
  await button('Save').click()
  const blob = blobs.mock.lastCall?.[0] as Blob
  return blob.text()
}

const fileOf = (text: string, name = 'visit.session.json') =>
  new File([text], name, { type: 'application/json' })

describe('saving', () => {
  test('a file has no value that was not allowed, opened again it has the same attempts', async () => {
    const { tracker } = visited()
    await openTab(tracker)
    expect(JSON.stringify(tracker.record.get())).toContain(SECRET)
    const text = await saved()
    expect(text).not.toContain(SECRET)
    expect(JSON.parse(text).decisions.map(({ event, outcome }: any) => `${event} ${outcome}`)).toEqual([
      'pricing_clicked fired',
      'pricing_clicked dropped',
      'chat_opened dropped',
    ])

    await userEvent.upload(field(), fileOf(text))
    await expect.element(opened()).toBeVisible()
    await expect.element(page.getByText('No difference in 2 kinds of attempts')).toBeVisible()

    await page.getByRole('checkbox', { name: 'tier' }).click()
    expect(await saved()).toContain(SECRET)
  })

  test('the preview is what will be written', async () => {
    await openTab(visited().tracker)
    await page.getByText('Preview').click()
    const preview = () => shadow().querySelector('pre')?.textContent ?? ''
    await expect.poll(preview).toContain('‹string 11›')
    expect(preview()).not.toContain(SECRET)
    await page.getByRole('checkbox', { name: 'tier' }).click()
    await expect.poll(preview).toContain(SECRET)
    await page.getByLabelText('Note').fill('on a train')
    await expect.poll(preview).toContain('"notes": "on a train"')
    await as('Table (CSV)')
    await expect.poll(preview).toMatch(/^attempt,time,event/)
  })

  test('each format, with its own ending', async () => {
    await openTab(visited().tracker)
    const beginnings = {
      'Ticket (Markdown)': '1 fired, 2 dropped.',
      'QA report (HTML)': '<!doctype html>',
      'Table (CSV)': 'attempt,time',
      'Requests (HAR)': '{\n  "log"',
      'Requests (cURL)': '# No attempt here',
      'Test (Vitest)': 'import { createManualPlatform',
      'Test (Playwright)': `import { expect, test } from 'react-microconversions/testing/playwright'`,
      'Test (Storybook play)': `import type { StoryContext } from '@storybook/react-vite'`,
      'Session (JSON)': '{\n  "format": "rmc-session"',
    }
    const names: string[] = []
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download)
    })
    for (const [format, beginning] of Object.entries(beginnings)) {
      await as(format)
      expect(await saved()).toMatch(beginning)
    }
    click.mockRestore()
    expect(names.map((name) => name.replace(/^acme-3-\d{8}T\d{6}\./, ''))).toEqual([
      'md',
      'html',
      'csv',
      'har',
      'sh',
      'test.ts',
      'spec.ts',
      'play.ts',
      'session.json',
    ])
  })

  test('only the attempts that the timeline shows, and a test that expects what is missing', async () => {
    await openTab(visited().tracker)
    await tab('Timeline').click()
    await page.getByRole('searchbox').fill('chat')
    await tab('Session').click()
    await choice('Attempts').selectOptions('Those that the timeline’s filter leaves')
    await expect.element(page.getByText('1 attempt; 1 value masked')).toBeVisible()
    await as('Test (Vitest)')
    await choice('It expects').selectOptions('that chat_opened fires')
    await page.getByLabelText('Module that exports the plan').fill('../plan.ts')
    const code = await saved()
    expect(code).toContain(`import { plan } from '../plan.ts'`)
    expect(code).toContain(`expectTracking(tracking).toHaveFired('chat_opened')`)
    expect(code).not.toContain('pricing_clicked')
  })
})

describe('opening', () => {
  test('says what is wrong with a file, keeps the others, and fires nothing', async () => {
    const { tracker, decisions } = visited()
    await openTab(tracker)
    const text = await saved()
    await userEvent.upload(field(), [
      fileOf(text.replace('"version": 1', '"version": 9'), 'newer.json'),
      fileOf(text.slice(0, -9), 'short.json'),
      fileOf(text, 'good.json'),
    ])
    await expect.element(page.getByText('newer.json: The file has version 9')).toBeVisible()
    await expect.element(page.getByText('short.json: The file is no complete JSON')).toBeVisible()
    await expect.element(page.getByText('good.json is open.')).toBeVisible()
    expect(opened().elements()).toHaveLength(1)
    expect(decisions()).toHaveLength(3)
  })

  /** Chooses files in the page: the test's own channel would be slow for large ones. */
  function choose(...files: readonly File[]) {
    const transfer = new DataTransfer()
    for (const file of files) transfer.items.add(file)
    const input = field().element() as HTMLInputElement
    input.files = transfer.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }

  /** Resolves once a change of the overlay makes `holds` true. */
  const changed = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!holds()) return
        observer.disconnect()
        resolve()
      })
      observer.observe(shadow(), { childList: true, characterData: true, subtree: true })
    })

  test('a file of hostile size ends in a sentence', async () => {
    await openTab(visited().tracker)
    choose(new File([new Uint8Array(40_000_001)], 'hostile.json'))
    await expect
      .element(page.getByText(/^hostile\.json: The file is larger than 40 MB, .* Save fewer/))
      .toBeVisible()
    choose(fileOf('['.repeat(39_000_000), 'brackets.json'))
    await expect
      .element(page.getByText('brackets.json: The file is no session: it is nested deeper than 100 levels.'))
      .toBeVisible()
  })

  test('while a full session is read, the overlay answers', async () => {
    const { tracker } = visited()
    await openTab(tracker)
    const file = JSON.parse(await saved())
    const decisions = Array.from({ length: 10_000 }, (_, index) => ({
      ...file.decisions[0],
      number: index + 1,
    }))
    const reads = changed(() => shadow().textContent?.includes('large.json is being read.') === true)
    choose(fileOf(JSON.stringify({ ...file, decisions }), 'large.json'))
    await reads
    const shows = changed(() => rows().length > 0)
    ;(tab('Timeline').element() as HTMLElement).click()
    await shows
    expect(sessionStore(tracker).getState().opened).toEqual([])
    await vi.waitFor(() => expect(sessionStore(tracker).getState().opened).toHaveLength(1))
    await tab('Session').click()
    await expect.element(opened()).toBeVisible()
  })

  test('takes a drop, which the app does not see', async () => {
    const { tracker } = visited()
    await openTab(tracker)
    const text = await saved()
    const seen = vi.fn()
    document.body.addEventListener('drop', seen)
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(fileOf(text))
    const place = shadow().querySelector('.drop') as HTMLElement
    const drop = new DragEvent('drop', { bubbles: true, composed: true, cancelable: true, dataTransfer })
    place.dispatchEvent(drop)
    await expect.element(opened()).toBeVisible()
    expect(drop.defaultPrevented).toBe(true)
    expect(seen).not.toHaveBeenCalled()
    document.body.removeEventListener('drop', seen)
  })

  test('what is open stays open while the panel is closed', async () => {
    const { tracker } = visited()
    await openTab(tracker)
    await userEvent.upload(field(), fileOf(await saved()))
    await expect.element(opened()).toBeVisible()
    await button('Close').click()
    await launcher().click()
    await expect.element(opened()).toBeVisible()
    await button(/^Remove/).click()
    await expect.element(opened()).not.toBeInTheDocument()
  })
})

describe('replay', () => {
  test('shows attempt by attempt in a timeline; the tracker of the page hears nothing', async () => {
    const { tracker, decisions, destination } = visited()
    await openTab(tracker)
    await tracker.flush()
    const sent = destination.events.length
    await userEvent.upload(field(), fileOf(await saved()))
    tracker.record.clear()
    await opened().click()
    const names = () => rows().map((row) => row.querySelector('.name')?.textContent)
    await expect.element(page.getByText('Nothing is played yet')).toBeVisible()
    await button('Step').click()
    await expect.poll(names).toEqual(['pricing_clicked'])
    await button('Step').click()
    await expect.element(page.getByText('2 of 3 attempts, 1 s after the one before; 1 event')).toBeVisible()
    await expect.poll(names).toEqual(['pricing_clicked', 'pricing_clicked'])
    await page.getByRole('option', { name: /once per session/ }).click()
    await expect.element(page.getByRole('article').getByText('Not counted again')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await choice('Speed').selectOptions('10 ×')
    await button('Play').click()
    await expect.poll(names).toEqual(['chat_opened', 'pricing_clicked', 'pricing_clicked'])
    expect(decisions()).toEqual([])
    await tracker.flush()
    expect(destination.events).toHaveLength(sent)

    await button('Back to the sessions').click()
    await expect.element(opened()).toBeVisible()
    expect(shadow().activeElement?.getAttribute('aria-label')).toBe('Session')
  })
})

describe('comparing', () => {
  test('two opened sessions: what is missing, and what changed', async () => {
    const { tracker } = visited()
    await openTab(tracker)
    const text = await saved()
    const { decisions, ...file } = JSON.parse(text)
    const [first, second] = decisions
    const other = { ...file, decisions: [first, { ...second, outcome: 'fired', reason: 'admitted' }] }
    await userEvent.upload(field(), [fileOf(text, 'one.json'), fileOf(JSON.stringify(other), 'two.json')])
    await choice('Before').selectOptions('one.json')
    await choice('After').selectOptions('two.json')
    const differences = () =>
      [...shadow().querySelectorAll('.differences li')].map((row) => row.textContent?.replace(/\s+/g, ' '))
    await expect
      .poll(differences)
      .toEqual([
        'missingchat_opened track, call1 dropped → none',
        'changedpricing_clicked track, call1 fired, 1 dropped → 2 firedfrequency: 1 → 0',
      ])
  })
})

describe('the bridge for tests and agents', () => {
  test('is read as the guide says', async () => {
    const { tracker } = visited()
    const [agent = ''] = blocksIn(testing, 'js')
    const read: () => Promise<unknown> = new Function(`return ${agent}`)()
    expect(await read()).toBeUndefined()
    unmount = mountApp({ tracker })
    await expect.element(launcher()).toBeVisible()
    expect(await read()).toEqual([
      'pricing_clicked fired: admitted (track)',
      'pricing_clicked dropped: frequency (track)',
      'chat_opened dropped: draft (track)',
    ])
  })

  test('has the session without values while the overlay is there', async () => {
    const { tracker } = visited()
    expect(window.__microconversions__).toBeUndefined()
    unmount = mountApp({ tracker })
    await expect.element(launcher()).toBeVisible()
    const session = await window.__microconversions__?.session()
    expect(session?.decisions.map(({ reason }) => reason)).toEqual(['admitted', 'frequency', 'draft'])
    const text = JSON.stringify(session)
    expect(text).not.toContain(SECRET)
    expect(Object.isFrozen(window.__microconversions__)).toBe(true)
    expect(() => Object.assign(window, { __microconversions__: 1 })).toThrow()
    expect(session && JSON.stringify(JSON.parse(writeSession(session)))).toBe(text)
    unmount()
    await vi.waitFor(() => expect(window.__microconversions__).toBeUndefined())
  })
})

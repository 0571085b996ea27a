import axe from 'axe-core'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import {
  createTracker,
  MicroconversionProvider,
  PricingLink,
  useTrack,
  useTrackedLink,
} from 'react-microconversions'
import {
  MicroconversionDevtools,
  type ProductionDevtoolsProps,
} from 'react-microconversions/devtools/production'
import { createManualPlatform, createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
// Loaded here, so that no test waits for a cold server.
import '../../src/devtools/source/source-section.tsx'
import { sessionOf } from '../../src/devtools/session/session-file.ts'
import { writers } from '../../src/devtools/session/writers.ts'
import { createKeep } from '../../src/devtools/timeline/keep.ts'
import { forgetChoices, hosts, option, plan, shadow, tab } from '../support/overlay.tsx'
import text from './devtools-source.test.tsx?raw'

let unmount = () => {}

beforeEach(() => page.viewport(1280, 800))
afterEach(async () => {
  unmount()
  await vi.waitFor(() => expect(hosts()).toHaveLength(0))
  forgetChoices()
  vi.restoreAllMocks()
})

function PricingPage() {
  return (
    <section>
      <PricingLink event="pricing_clicked" properties={{ tier: 'pro' }} href="#pricing">
        See pricing
      </PricingLink>
      <NavLink />
      <DemoButton />
    </section>
  )
}

function NavLink() {
  const handlers = useTrackedLink({ event: 'link_followed', properties: { index: 1 } })
  return (
    <a href="#docs" {...handlers}>
      Documentation
    </a>
  )
}

function DemoButton() {
  const track = useTrack()
  const [outcome, setOutcome] = useState('')
  const book = () => setOutcome(track('demo_booked').outcome)
  return (
    <button type="button" onClick={book}>
      Book a demo {outcome}
    </button>
  )
}

const file = 'test/browser/devtools-source.test.tsx'
const placeOf = (written: string) =>
  `${file}:${text.split('\n').findIndex((line) => line.trim().startsWith(written)) + 1}`

async function open(props: Partial<ProductionDevtoolsProps> = {}, tracker = createTestTracker(plan).tracker) {
  const container = document.createElement('main')
  document.body.append(container)
  const root = createRoot(container)
  function App() {
    return (
      <MicroconversionProvider tracker={tracker}>
        <PricingPage />
        <MicroconversionDevtools enabled because="it is under test" defaultOpen {...props} />
      </MicroconversionProvider>
    )
  }
  root.render(<App />)
  unmount = () => {
    root.unmount()
    container.remove()
  }
  await expect.element(tab('Timeline')).toBeVisible()
  return tracker
}

const section = () =>
  [...shadow().querySelectorAll('.section')].find(
    (each) => each.querySelector('h4')?.textContent === 'In the code',
  )

async function said(event: string, place: string) {
  // The list holds still under the pointer.
  await userEvent.hover(tab('Timeline'))
  await option(event).click()
  await vi.waitFor(() => expect(section()?.textContent).toContain(place))
  return [...(section()?.querySelectorAll('.facts > div') ?? [])].map((fact) => [
    fact.querySelector('dt')?.textContent,
    fact.querySelector('dd')?.textContent,
  ])
}

describe('the detail of an attempt', () => {
  test('names the owners of a component, and where its element was written', async () => {
    await open()
    await userEvent.click(page.getByText('See pricing'))
    const place = placeOf('<PricingLink event="pricing_clicked"')
    expect(await said('pricing_clicked', place)).toEqual([
      ['Rendered by', 'App › PricingPage › PricingLink'],
      ['Written at', expect.stringMatching(new RegExp(`${place}$`))],
    ])
  })

  test('names the component that uses a hook, and where', async () => {
    await open()
    await userEvent.click(page.getByText('Documentation'))
    const place = placeOf('const handlers = useTrackedLink')
    expect((await said('link_followed', place))[0]).toEqual([
      'Rendered by',
      'App › PricingPage › NavLink › Link',
    ])
  })

  test('names where track was called, by a component or without one', async () => {
    const tracker = await open()
    await userEvent.click(page.getByText('Book a demo'))
    expect(await said('demo_booked', placeOf('const book ='))).toEqual([
      ['Rendered by', 'App › PricingPage › DemoButton'],
      ['Called at', expect.stringContaining(placeOf('const book ='))],
    ])
    tracker.track('chat_opened')
    expect(await said('chat_opened', placeOf("tracker.track('chat_opened')"))).toEqual([
      ['Called at', expect.stringContaining(file)],
    ])
  })

  test('says that a line is of what was served, where there is no source map', async () => {
    const tracker = await open()
    const code = "\nexport const run = (tracker) => tracker.track('chat_opened')"
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
    const { run } = await import(/* @vite-ignore */ url)
    run(tracker)
    await said('chat_opened', ':2')
    await expect.element(page.getByText('as it was served: no source map is at hand')).toBeVisible()
  })

  test('says nothing of an attempt before the overlay', async () => {
    // Not the test tracker: that one is watched from the start.
    const tracker = createTracker({ plan, platform: createManualPlatform(), consent: 'granted' })
    tracker.track('chat_opened')
    await open({}, tracker)
    tracker.track('demo_booked')
    await said('demo_booked', file)
    await option('chat_opened').click()
    await expect.element(page.getByRole('heading', { name: 'chat_opened' })).toBeVisible()
    expect(section()).toBeUndefined()
    tracker.dispose()
  })

  test('leaves axe nothing to say', async () => {
    await open()
    await userEvent.click(page.getByText('See pricing'))
    await said('pricing_clicked', file)
    const { violations } = await axe.run(section() as Element)
    expect(violations).toEqual([])
  })
})

test('prints the stacks in the console as an error, which browsers link to the code', async () => {
  const tracker = await open()
  tracker.track('chat_opened')
  await option('chat_opened').click()
  const info = vi.spyOn(console, 'info').mockImplementation(() => {})
  await page.getByRole('button', { name: 'Print in the console' }).click()
  const printed: unknown = info.mock.calls[0]?.[0]
  expect(printed).toBeInstanceOf(Error)
  expect((printed as Error).stack).toMatch(
    /^Error: chat_opened, attempt 1\n\s+at .*\n[\s\S]*devtools-source\.test/,
  )
})

describe('the editor', () => {
  test('keeps its button, and what that has answered, while the detail is drawn again', async () => {
    const tracker = await open({ editorUrl: () => '/no-editor.html' })
    tracker.track('chat_opened')
    await option('chat_opened').click()
    const button = page.getByRole('button', { name: 'Open in editor' })
    await button.click()
    const answer = page.getByText('The server opens no editor: give `editorUrl`.')
    await expect.element(answer).toBeVisible()
    const first = button.element()
    await page.getByRole('button', { name: 'Mark', exact: true }).click()
    await expect.element(page.getByRole('button', { name: 'Mark', pressed: true })).toBeVisible()
    expect(first.isConnected).toBe(true)
    await expect.element(answer).toBeVisible()
  })

  test('is a link, where the application names an address of another kind', async () => {
    const tracker = await open({ editorUrl: ({ file: at, line }) => `vscode://file/${at}:${line}` })
    tracker.track('chat_opened')
    await option('chat_opened').click()
    const link = page.getByRole('link', { name: 'Open in editor' })
    await expect
      .element(link)
      .toHaveAttribute('href', expect.stringMatching(/^vscode:\/\/file\/.*devtools-source\.test\.tsx:\d+$/))
  })

  test('is that of the development server, where the address of the application throws', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const failure = new Error('no editor')
    const tracker = await open({
      editorUrl: () => {
        throw failure
      },
    })
    tracker.track('chat_opened')
    await option('chat_opened').click()
    await expect.element(page.getByRole('button', { name: 'Open in editor' })).toBeVisible()
    expect(said).toHaveBeenCalledWith(failure)
  })

  test('is asked on a click only, and a page of the application in its place is no answer', async () => {
    const asked = vi.spyOn(window, 'fetch')
    const tracker = await open({ editorUrl: () => '/no-editor.html' })
    tracker.track('chat_opened')
    await option('chat_opened').click()
    const button = page.getByRole('button', { name: 'Open in editor' })
    await expect.element(button).toBeVisible()
    expect(asked.mock.calls.map(([url]) => String(url))).not.toContain('/no-editor.html')
    await button.click()
    await expect.element(page.getByText('The server opens no editor: give `editorUrl`.')).toBeVisible()
    expect(asked.mock.calls.map(([url]) => String(url))).toContain('/no-editor.html')
  })
})

test('no file, no copy and nothing that outlives a reload has a stack', async () => {
  const tracker = await open()
  await userEvent.click(page.getByText('See pricing'))
  tracker.track('chat_opened')
  await said('chat_opened', file)
  const record = tracker.record.get()
  const session = sessionOf(record, plan, { made: 0 })
  const input = { session, plan, attempts: [1, 2], planModule: './plan', missing: '' }
  const files = Object.values(writers).map((write) => write(input))
  const bridged = JSON.stringify(await window.__microconversions__?.session())
  createKeep('stacks').write({ attempts: record.decisions, notes: {} })
  const kept = sessionStorage.getItem('rmc-devtools:kept:stacks')
  expect(JSON.parse(kept ?? '').attempts).toHaveLength(2)
  expect(JSON.parse(bridged).decisions).toHaveLength(2)
  for (const written of [...files, bridged, kept]) {
    expect(written).not.toContain('devtools-source')
    expect(written).not.toContain('PricingPage')
  }
})

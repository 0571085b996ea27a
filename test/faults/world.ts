import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { BrowserContext, Page } from 'playwright'
import { publicEntries } from '../../scripts/entries.mjs'
import { ndjson } from '../../src/collector/node/ndjson.ts'
import { type Arrived, type CollectingServer, collectingServer } from '../support/collecting-server.ts'
import type { Engine } from '../support/engines/launch-engine.ts'
import { eventsRead } from '../support/events-read.ts'
import type { FaultsPage } from './page.ts'

declare global {
  var faults: FaultsPage
}

const html = (title: string, body = '') =>
  `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`

let files: Promise<Readonly<Record<string, string>>> | undefined

async function bundled(): Promise<Readonly<Record<string, string>>> {
  const { outputFiles } = await build({
    entryPoints: ['test/faults/page.ts'],
    bundle: true,
    format: 'esm',
    write: false,
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return {
    '/': html('Faults', '<script type="module" src="/page.js"></script>'),
    '/other': html('Other'),
    '/page.js': outputFiles[0]?.text ?? '',
  }
}

export interface Tally {
  /** Steps whose `track` returned `fired`. */
  readonly sent: number
  /** Of those. */
  readonly arrived: number
  readonly lost: readonly string[]
  /** Neither arrived nor lost: the browser closed their page at once, as it does to one that is busy for half a second. */
  readonly unheard: readonly string[]
  /** Steps that arrived under more than one id, or that a report counts twice. */
  readonly duplicates: readonly string[]
  /** Copies that were sent beyond the first of each id: the collector drops them by id. */
  readonly redundant: number
}

export interface World {
  readonly engine: Engine
  readonly server: CollectingServer
  readonly context: () => BrowserContext
  /** Later pages are opened in this one: after a crash. */
  readonly enter: (context: BrowserContext) => void
  readonly open: (query?: string) => Promise<Page>
  /** Notes what a page said has fired. `pageId`: what is lost with that page was never promised if it heard of no end. */
  readonly fired: (steps: readonly string[], pageId?: string) => void
  /** Notes what the pages before have left word of. */
  readonly hearWitness: (page: Page) => Promise<void>
  readonly allArrived: (patienceMs: number) => Promise<boolean>
  /** Counts what a report reads of the files of the collector. */
  readonly tally: () => Promise<Tally>
  /** Runs when everything is over, last come first. */
  readonly atEnd: (run: () => void | Promise<void>) => void
}

/** A server of its own with a collector that writes files, and the count of what was sent to it. */
export async function createWorld(engine: Engine, first: BrowserContext): Promise<World & AsyncDisposable> {
  files ??= bundled()
  const dir = mkdtempSync(join(tmpdir(), 'rmc-faults-'))
  const server = await collectingServer(await files, ndjson({ dir }))
  const sent = new Set<string>()
  const pageOf = new Map<string, string>()
  const heard = new Set<string>()
  const ends: (() => void | Promise<void>)[] = [
    () => server[Symbol.asyncDispose](),
    () => rmSync(dir, { recursive: true, force: true }),
  ]
  let context = first

  /** Those of the steps that have not arrived, by whether that was promised. */
  function missing(steps: readonly string[]) {
    const arrived = new Set(steps)
    const all = [...sent].filter((step) => !arrived.has(step))
    const isUnheard = (step: string) => pageOf.has(step) && !heard.has(pageOf.get(step) ?? '')
    return { lost: all.filter((step) => !isUnheard(step)), unheard: all.filter(isUnheard) }
  }
  const stepOf = ({ properties }: Pick<Arrived, 'properties'>) => String(properties['step'])
  const storedSteps = () => server.stored().map(({ event }) => stepOf(event))

  return {
    engine,
    server,
    context: () => context,
    enter: (next) => {
      context = next
    },
    async open(query = '') {
      const page = await context.newPage()
      await page.goto(`${server.url}${query}`)
      await page.waitForFunction(() => 'faults' in globalThis)
      return page
    },
    fired: (steps, pageId) => {
      for (const step of steps) {
        sent.add(step)
        if (pageId) pageOf.set(step, pageId)
      }
    },
    async hearWitness(page) {
      const steps = await page.evaluate(() => localStorage.getItem('witness') ?? '[]')
      for (const step of JSON.parse(steps)) sent.add(step)
      const keys = await page.evaluate(() => Object.keys(localStorage))
      for (const key of keys) if (key.startsWith('heard ')) heard.add(key.slice('heard '.length))
    },
    allArrived: (patienceMs) => server.until(() => missing(storedSteps()).lost.length === 0, patienceMs),
    async tally() {
      const read = (await eventsRead(dir)).map(stepOf)
      const { lost, unheard } = missing(read)
      return {
        sent: sent.size - unheard.length,
        arrived: sent.size - unheard.length - lost.length,
        lost,
        unheard,
        duplicates: read.filter((step, index) => read.indexOf(step) !== index),
        redundant: server.stored().reduce((sum, { copies }) => sum + copies - 1, 0),
      }
    },
    atEnd: (run) => void ends.unshift(run),
    async [Symbol.asyncDispose]() {
      for (const end of ends) await end()
    },
  }
}

/** The server works again, and the user comes back two hours later: whatever is left goes now. */
export async function recover(world: World, patienceMs = 60_000): Promise<void> {
  world.server.conduct('stores')
  await Promise.all(
    world
      .context()
      .pages()
      .map((page) => page.close()),
  )
  const page = await world.open('?ahead=7200000')
  await world.hearWitness(page)
  await page.evaluate(() => faults.tracker.flush())
  await world.allArrived(patienceMs)
}

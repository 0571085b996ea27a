import { build } from 'esbuild'
import type { BrowserContext, Page } from 'playwright'
import { publicEntries } from '../../scripts/entries.mjs'
import { type CollectingServer, collectingServer } from '../support/collecting-server.ts'
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
  /** Steps of pages that the browser ended without a word, as it may on a busy machine: they are not among the sent. */
  readonly unheard: number
  /** Of those. */
  readonly arrived: number
  readonly lost: readonly string[]
  /** Steps that arrived under more than one id: nobody could tell them apart from two. */
  readonly duplicates: readonly string[]
  /** Stored copies beyond the first of each id: a server drops them by id. */
  readonly redundant: number
}

export interface World {
  readonly server: CollectingServer
  readonly context: () => BrowserContext
  /** Later pages are opened in this one: after a crash. */
  readonly enter: (context: BrowserContext) => void
  readonly open: (query?: string) => Promise<Page>
  /** Notes what a page said has fired; with its `id`, as promised only if the page heard of its end. */
  readonly fired: (steps: readonly string[], id?: string) => void
  /** Notes what the pages before have left word of. */
  readonly hearWitness: (page: Page) => Promise<void>
  readonly allArrived: (patienceMs: number) => Promise<boolean>
  readonly tally: () => Tally
  /** Runs when everything is over, last come first. */
  readonly atEnd: (run: () => void | Promise<void>) => void
}

/** A server of its own, and the count of what was sent to it. */
export async function createWorld(first: BrowserContext): Promise<World & AsyncDisposable> {
  files ??= bundled()
  const server = await collectingServer(await files)
  const sent = new Set<string>()
  const pageOf = new Map<string, string>()
  let left = ''
  const ends: (() => void | Promise<void>)[] = [() => server[Symbol.asyncDispose]()]
  let context = first

  const stepOf = (event: { readonly properties: Readonly<Record<string, unknown>> }) =>
    String(event.properties['step'])
  const arrivedSteps = () => server.stored().map(({ event }) => stepOf(event))

  return {
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
    fired: (steps, id) => {
      for (const step of steps) {
        sent.add(step)
        if (id !== undefined) pageOf.set(step, id)
      }
    },
    async hearWitness(page) {
      const [steps, ids] = await page.evaluate(() => [
        localStorage.getItem('witness') ?? '[]',
        localStorage.getItem('left') ?? '',
      ])
      for (const step of JSON.parse(steps)) sent.add(step)
      left = ids
    },
    allArrived: (patienceMs) =>
      server.until(() => {
        const arrived = new Set(arrivedSteps())
        return [...sent].every((step) => arrived.has(step))
      }, patienceMs),
    tally() {
      const all = arrivedSteps()
      const arrived = new Set(all)
      const missing = [...sent].filter((step) => !arrived.has(step))
      const lost = missing.filter((step) => left.includes(pageOf.get(step) ?? ''))
      const unheard = missing.length - lost.length
      return {
        sent: sent.size - unheard,
        unheard,
        arrived: sent.size - missing.length,
        lost,
        duplicates: all.filter((step, index) => all.indexOf(step) !== index),
        redundant: server.stored().reduce((sum, { copies }) => sum + copies - 1, 0),
      }
    },
    atEnd: (run) => void ends.unshift(run),
    async [Symbol.asyncDispose]() {
      for (const end of ends) await end()
    },
  }
}

/** The server works again, and the visitor comes back two hours later: whatever is left goes now. */
export async function recover(world: World, patienceMs = 10_000): Promise<void> {
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

import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, extname } from 'node:path'
import { build } from 'esbuild'
import type { BrowserContext, Page } from 'playwright'
import { publicEntries } from '../../scripts/entries.mjs'
import { inLanes } from '../faults/measure.ts'
import { type Engine, launchEngine } from '../support/engines/launch-engine.ts'
import type { Result, VideoPage } from './page.tsx'

declare global {
  var rmcVideo: VideoPage
}

interface Scene {
  readonly name: string
  readonly player: string
}

/** Without a result, the browser could not play it to the end of the scenario. */
interface Row extends Scene {
  readonly result: Result | undefined
}

/** Mostly waiting; but each decodes a video, and tabs in the background are hidden outside of headless Chromium. */
const lanes: Readonly<Record<Engine, number>> = { Chromium: 4, Firefox: 1, WebKit: 1 }
/** A video of 6 kB a second at this speed runs out of data again and again. */
const SLOW_BYTES = 1_000
const SLOW_MS = 250
/** What watched seconds may be wrong by. */
export const MAX_ERROR_S = 0.5

const types: Readonly<Record<string, string>> = {
  '.webm': 'video/webm',
  '.mp4': 'video/mp4',
  '.m4s': 'video/mp4',
  '.ogg': 'audio/ogg',
  '.m3u8': 'application/vnd.apple.mpegurl',
}

/** Scripts of the page, by their paths. Its libraries are a chunk of their own. */
async function bundlePage(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: ['test/video/page.tsx'],
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    outdir: '/',
    jsx: 'automatic',
    write: false,
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return new Map(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]))
}

async function trickle(response: ServerResponse, body: Buffer): Promise<void> {
  for (let sent = 0; sent < body.length && !response.destroyed; sent += SLOW_BYTES) {
    response.write(body.subarray(sent, sent + SLOW_BYTES))
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
  }
  response.end()
}

/** The page and the videos of the tests, in parts as players ask for them, on 127.0.0.1. */
export async function serveVideos() {
  const scripts = await bundlePage()
  const html =
    '<!doctype html><title>Video</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>'
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end(html)
    const script = scripts.get(pathname)
    if (script !== undefined)
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    const video = await readFile(`test/fixtures${pathname}`).catch(() => undefined)
    if (!video) return void response.writeHead(404).end()
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const first = Number(from ?? 0)
    const last = Math.min(Number(to || video.length), video.length - 1)
    const body = video.subarray(first, last + 1)
    response.writeHead(from === undefined ? 200 : 206, {
      'content-type': types[extname(pathname)] ?? 'application/octet-stream',
      'content-length': body.length,
      'accept-ranges': 'bytes',
      ...(from !== undefined && { 'content-range': `bytes ${first}-${last}/${video.length}` }),
    })
    if (search === '?slow') await trickle(response, body)
    else response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function openVideos(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => 'rmcVideo' in globalThis)
  return page
}

/** In a page of its own. */
export async function measureScene(context: BrowserContext, url: string, scene: Scene): Promise<Result> {
  const page = await openVideos(context, url)
  try {
    return await page.evaluate(({ name, player }) => rmcVideo.measure(name, player), scene)
  } finally {
    await page.close()
  }
}

async function measureAll(context: BrowserContext, url: string, engine: Engine): Promise<readonly Row[]> {
  const page = await openVideos(context, url)
  const scenes = await page.evaluate(() => rmcVideo.list())
  await page.close()
  return inLanes(scenes, lanes[engine], async (scene) => ({
    ...scene,
    result: await measureScene(context, url, scene).catch(() => undefined),
  }))
}

const cells = (values: readonly string[]) => `| ${values.join(' | ')} |`
/** What cannot be played is worst. */
const errorOf = ({ result }: Row) => (result ? result.reportedS - result.truthS : Number.POSITIVE_INFINITY)

/** Of each scenario the player that was most wrong. */
function worstOf(rows: readonly Row[]): readonly Row[] {
  const byError = rows.toSorted((a, b) => Math.abs(errorOf(b)) - Math.abs(errorOf(a)))
  return [...new Set(rows.map(({ name }) => name))].flatMap((scenario) => {
    const [worst, ...others] = byError.filter(({ name }) => name === scenario)
    if (!worst) return []
    return others.length ? { ...worst, player: `worst of ${others.length + 1}: ${worst.player}` } : worst
  })
}

function table(rows: readonly Row[]): string {
  const figures = (row: Row) =>
    row.result
      ? [row.result.truthS, row.result.reportedS, errorOf(row)].map((each) => each.toFixed(2))
      : ['', '', 'not played']
  return [
    cells(['scenario', 'player', 'truth, s', 'reported, s', 'error, s']),
    cells(['---', '---', '---:', '---:', '---:']),
    ...rows.map((row) => cells([row.name, row.player, ...figures(row)])),
  ].join('\n')
}

/** Markdown: of each scenario the player that was most wrong, or `all` of them; and whether that is near enough. */
export async function reportVideo(
  engine: Engine,
  all: boolean,
): Promise<{ readonly text: string; readonly holds: boolean }> {
  const videos = await serveVideos()
  const browser = await launchEngine(engine)
  try {
    const rows = await measureAll(await browser.newContext(), videos.url, engine)
    return {
      text: table(all ? rows : worstOf(rows)),
      holds: rows.every((row) => Math.abs(errorOf(row)) <= MAX_ERROR_S),
    }
  } finally {
    await browser.close()
    await videos[Symbol.asyncDispose]()
  }
}

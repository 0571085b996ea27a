import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { env } from 'node:process'
import { root } from './entries.mjs'

const ownBuild = join(root, 'storybook-static')
const sources = [
  'src',
  'stories',
  '.storybook',
  'test/fixtures',
  'docs',
  'README.md',
  'package.json',
  'vite.config.ts',
]

function changed(/** @type {string} */ path) {
  const { mtimeMs } = statSync(path)
  return statSync(path).isDirectory()
    ? Math.max(
        mtimeMs,
        ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map(
          (name) => statSync(join(path, name)).mtimeMs,
        ),
      )
    : mtimeMs
}

/** Builds the static Storybook unless it is younger than everything that it is made from. */
export function ensureStorybook() {
  const built = join(ownBuild, 'index.json')
  if (existsSync(built) && changed(built) > Math.max(...sources.map((path) => changed(join(root, path)))))
    return

  // Under Vitest, NODE_ENV would be another one.
  const { status } = spawnSync('npm run build:storybook', {
    cwd: root,
    env: { ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: true,
  })
  if (status !== 0) throw new Error('Storybook could not be built.')
}

/** @type {{ [extension: string]: string }} */
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.vtt': 'text/vtt',
  '.webm': 'video/webm',
}

/** Serves a static Storybook on 127.0.0.1 at a free port, in ranges too: without them no browser seeks in a video. */
export async function serveStorybook(folder = ownBuild) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : decodeURIComponent(pathname))
    const size = file.startsWith(folder) && statSync(file, { throwIfNoEntry: false })?.size
    if (!size) {
      response.writeHead(404).end()
      return
    }
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const [start, end] = [Number(from ?? 0), Number(to || size - 1)]
    response.writeHead(from === undefined ? 200 : 206, {
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      ...(from !== undefined && { 'content-range': `bytes ${start}-${end}/${size}` }),
    })
    createReadStream(file, { start, end }).pipe(response)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    origin: `http://127.0.0.1:${port}`,
    /** The page of one story, without Storybook around it; `args` as in its address: `overlay:none`. */
    storyUrl: (/** @type {string} */ id, args = '') =>
      `http://127.0.0.1:${port}/iframe.html?viewMode=story&id=${id}${args && `&args=${args}`}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

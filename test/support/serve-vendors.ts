import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { publicEntries } from '../../scripts/entries.mjs'

export const vendorNames = ['posthog', 'segment', 'snowplow'] as const
export type VendorName = (typeof vendorNames)[number]

/** One event, as a vendor's own client has sent it. */
export interface Arrived {
  readonly name: string
  readonly id: string | undefined
  /** Epoch ms. */
  readonly time: number
  readonly properties: Readonly<Record<string, unknown>>
  /** As it came. */
  readonly whole: Readonly<Record<string, any>>
}

/**
 * The page (`?script=` names what it has of the vendors), their scripts, and endpoints that read what those send. On
 * 127.0.0.1, until disposed.
 */
export async function serveVendors(source = 'test/support/vendor-page.ts') {
  const arrived: Arrived[] = []
  const files = new Map<string, string>([
    ['/page.js', await bundled(source)],
    ...(await Promise.all(
      vendorNames.map(
        async (name) => [`/${name}.js`, await bundled(`test/support/vendors/${name}.ts`)] as const,
      ),
    )),
  ])
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (request.method === 'POST') {
      arrived.push(...eventsIn(url, await bodyOf(request)))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":1,"success":true}')
    } else if (url.pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page(url.searchParams.getAll('script')))
    } else {
      const file = files.get(url.pathname)
      response.writeHead(file ? 200 : 404, { 'content-type': 'text/javascript' }).end(file)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    arrived: arrived as readonly Arrived[],
    forget: () => void arrived.splice(0),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const page = (scripts: readonly string[]) =>
  `<!doctype html><html lang="en"><head><title>Vendors</title><link rel="icon" href="data:,">
  ${scripts.map((name) => `<script src="/${name}.js"></script>`).join('')}</head>
  <body><script src="/page.js"></script></body></html>`

async function bundled(entryPoint: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    format: 'iife',
    jsx: 'automatic',
    write: false,
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { 'process.env.NODE_ENV': '"development"', global: 'globalThis' },
  })
  return outputFiles[0]?.text ?? ''
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const body = Buffer.concat(parts)
  return (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString()
}

function eventsIn({ pathname }: URL, body: string): readonly Arrived[] {
  if (pathname.startsWith('/posthog')) return posthogEvents(body)
  if (pathname.startsWith('/segment/')) return segmentEvents(body)
  if (pathname === '/com.snowplowanalytics.snowplow/tp2') return snowplowEvents(body)
  return []
}

/** As JSON, or from a page that is left as a form with base64 in it. */
function posthogEvents(body: string): readonly Arrived[] {
  const form = new URLSearchParams(body).get('data')
  const parsed = JSON.parse(form ? Buffer.from(form, 'base64').toString() : body)
  return (Array.isArray(parsed) ? parsed : (parsed.batch ?? [parsed])).map((whole: any) => ({
    name: whole.event,
    id: whole.uuid,
    time: Date.parse(whole.timestamp) || Date.now() - whole.offset,
    properties: whole.properties,
    whole,
  }))
}

function segmentEvents(body: string): readonly Arrived[] {
  const parsed = JSON.parse(body)
  return (parsed.batch ?? [parsed])
    .filter(({ type }: any) => type)
    .map((whole: any) => ({
      name: whole.event ?? whole.name,
      id: whole.messageId,
      time: Date.parse(whole.timestamp),
      properties: whole.properties,
      whole,
    }))
}

/** https://docs.snowplow.io/docs/fundamentals/canonical-event/understanding-the-event-format/ */
function snowplowEvents(body: string): readonly Arrived[] {
  return JSON.parse(body).data.map((whole: any) => {
    const entities = whole.co ? JSON.parse(whole.co).data : []
    const own = entities.find(({ schema }: any) => schema.includes('/microconversion/'))
    const described = whole.ue_pr && JSON.parse(whole.ue_pr).data
    return {
      name: described ? described.schema.split('/')[1] : (whole.se_ac ?? whole.e),
      id: own?.data.event_id,
      time: Number(whole.ttm),
      properties: described
        ? described.data
        : { category: whole.se_ca, label: whole.se_la, property: whole.se_pr },
      whole: { ...whole, entity: own?.data },
    }
  })
}

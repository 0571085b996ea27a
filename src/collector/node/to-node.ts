/** The parts of Node's `IncomingMessage` that `toNode` reads. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** True once the body has been read to the end. */
  readonly complete: boolean
  destroy(): unknown
}

/** The parts of Node's `ServerResponse` that `toNode` calls. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown
  end(): unknown
  destroy(): unknown
}

/** Maximum bytes to read and discard after the response, so that a client that is still sending can read it. */
const LINGER_BYTES = 1_000_000

/**
 * Returns a request listener for `node:http` and for frameworks that take one, such as Express.
 *
 * @example
 * createServer(toNode(createCollector({ plan, sink: ndjson({ dir: 'events' }) }))).listen(8080)
 */
export function toNode(collector: {
  readonly fetch: (request: Request) => Promise<Response>
}): (request: NodeRequest, response: NodeResponse) => void {
  const serve = async (request: NodeRequest, response: NodeResponse) => {
    const chunks = request[Symbol.asyncIterator]()
    const answer = await collector.fetch(toRequest(request, chunks))
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end()
    await discard(request, chunks)
  }
  return (request, response) => {
    serve(request, response).catch(() => response.destroy())
  }
}

function toRequest(
  { method = 'GET', url = '/', headers }: NodeRequest,
  chunks: AsyncIterator<Uint8Array>,
): Request {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || name.startsWith(':')
      ? []
      : [[name, typeof value === 'string' ? value : value.join(', ')]],
  )
  if (method === 'GET' || method === 'HEAD') return new Request(addressOf(url), { method, headers: given })
  const init: RequestInit & { readonly duplex: 'half' } = {
    method,
    headers: given,
    body: streamOf(chunks),
    duplex: 'half', // Node requires it for a stream as body; TypeScript's DOM types do not have it.
  }
  return new Request(addressOf(url), init)
}

/** Resolves the path against a fixed host: the collector does not read the host, which a client may forge. */
const addressOf = (path: string) => new URL(path.replace(/^\/*/, '/'), 'http://localhost')

/** Reads a chunk per `pull`. Cancelling leaves the connection open, because the response uses it. */
function streamOf(chunks: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
}

async function discard(request: NodeRequest, chunks: AsyncIterator<Uint8Array>): Promise<void> {
  let bytes = 0
  while (!request.complete && bytes < LINGER_BYTES) {
    const { done, value } = await chunks.next()
    if (done) return
    bytes += value.byteLength
  }
  if (!request.complete) request.destroy()
}

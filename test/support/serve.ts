import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'

const types = { js: 'text/javascript', html: 'text/html', css: 'text/css' } as const

/**
 * Files by path, read at each request, on 127.0.0.1 at a free port, until disposed. `headers` go with each answer. What is posted goes
 * on to `postsTo`, as a proxy would send it.
 */
export async function serve(
  files: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
  postsTo?: string,
) {
  const server = createServer((request, response) => {
    if (postsTo !== undefined && request.method === 'POST') {
      const { method, headers } = request
      const onward = forward(postsTo, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502)
        answer.pipe(response)
      })
      request.pipe(onward.on('error', () => response.writeHead(502).end()))
      return
    }
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const body = files[path]
    if (body === undefined) {
      response.writeHead(404).end()
      return
    }
    const extension = path.split('.').at(-1) as keyof typeof types
    response
      .writeHead(200, { 'content-type': `${types[extension] ?? 'text/html'}; charset=utf-8`, ...headers })
      .end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A port that was free just now, for a program that has to be given one. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

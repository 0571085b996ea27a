import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A local server that receives beacons. */
export interface Beacons {
  /** Address to send beacons to. */
  readonly url: string
  /** Stops the server. */
  readonly close: () => void
}

/** Starts a server on 127.0.0.1 for beacons sent during `pagehide`: Playwright does not report those requests. */
export async function receiveBeacons(hear: (text: string) => void): Promise<Beacons> {
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      text += part
    })
    request.on('end', () => {
      if (request.method === 'POST') hear(text)
      response.writeHead(204, { 'access-control-allow-origin': '*' }).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

import { http } from '../../src/destinations/http/http.ts'

/** An `http()` whose bodies are kept, each answered with `status`. */
export function keptBodies(status: number) {
  const bodies: string[] = []
  const destination = http({
    url: '/collect',
    network: {
      request: async ({ body }) => {
        bodies.push(body)
        return { status }
      },
      beacon: () => false,
      keptAliveBytes: () => 0,
      online: () => true,
      onOnline: () => () => {},
      origin: () => 'https://example.test',
    },
  })
  return { bodies, destination }
}

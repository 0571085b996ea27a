import type { Destination } from 'react-microconversions/authoring'
import { http } from 'react-microconversions/destinations'

/** `http()` with a collector that answers so, without a server. */
export const collector = (name: string, answer: { readonly status: number; readonly body?: string }) =>
  http({
    name,
    url: 'https://collect.example/events',
    batch: { maxAge: '0s' },
    network: {
      request: async () => answer,
      beacon: () => false,
      keptAliveBytes: () => 0,
      online: () => true,
      onOnline: () => () => {},
      origin: () => 'https://collect.example',
    },
  })

/** A destination that calls things by other names. */
export const renaming: Destination<object> = {
  name: 'warehouse',
  map: ({ id, name, time }) => ({
    payload: { row: id, event_name: name.slice(0, 8), at: time, source: 'web' },
    notes: ['name cut: it may have 8 characters'],
  }),
  send: () => {},
}

import Analytics from 'analytics'
import { postBatches } from './post-batches.js'

/** Brings no delivery: its events go through the floor's. */
export function create(url) {
  const { add, flush } = postBatches(url)
  const analytics = Analytics({
    app: 'peers',
    plugins: [{ name: 'server', track: ({ payload }) => add(payload), loaded: () => true }],
  })
  return {
    ready: new Promise((resolve) => analytics.ready(resolve)),
    track: (name, properties) => void analytics.track(name, properties),
    flush,
  }
}

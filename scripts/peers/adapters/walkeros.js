import { startFlow } from '@walkeros/collector'
import { postBatches } from './post-batches.js'

/** Brings no delivery for browsers: its events go through the floor's. */
export function create(url) {
  const { add, flush } = postBatches(url)
  let elb
  const ready = startFlow({
    run: true,
    destinations: { server: { code: { type: 'server', config: {}, push: (event) => void add(event) } } },
  }).then((flow) => {
    elb = flow.elb
  })
  return {
    ready,
    track: (name, properties) => void elb(name.replace('_', ' '), properties),
    flush,
  }
}

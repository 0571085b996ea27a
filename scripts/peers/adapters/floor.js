import { postBatches } from './post-batches.js'

function idIn(storage, key) {
  const known = storage.getItem(key) ?? crypto.randomUUID()
  storage.setItem(key, known)
  return known
}

/** The least that an analytics library can cost: stored ids, a stamp, JSON, one buffer. */
export function create(url) {
  const user = idIn(localStorage, 'user')
  const session = idIn(sessionStorage, 'session')
  const { add, flush } = postBatches(url, `"user":"${user}","session":"${session}",`)
  return {
    track: (name, properties) =>
      add({ id: crypto.randomUUID(), name, time: Date.now(), url: location.href, properties }),
    flush,
  }
}

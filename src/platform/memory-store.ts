import type { KeyValue } from './platform.ts'

/** Creates a store in memory, which lasts as long as this document. */
export function memoryStore(): KeyValue {
  const values = new Map<string, string>()
  return {
    get: (key) => values.get(key),
    set: (key, value) => !!values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  }
}

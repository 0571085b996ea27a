import type { Database, Row } from './platform.ts'

const STORE = 'rows'

/** One object store, keys given from outside. Rejects where IndexedDB is blocked, missing or broken. */
export function openIndexedDb(name: string): Promise<Database> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onerror = () => reject(opening.error)
    opening.onblocked = () => reject(new Error('blocked by another tab'))
    opening.onsuccess = () => {
      const connection = opening.result
      connection.onversionchange = () => connection.close()
      resolve(over(connection))
    }
  })
}

function over(connection: IDBDatabase): Database {
  const begin = (mode: IDBTransactionMode) => {
    const transaction = connection.transaction(STORE, mode, { durability: 'relaxed' })
    return { transaction, store: transaction.objectStore(STORE), done: completion(transaction) }
  }

  return {
    async update(keys, change) {
      const { transaction, store, done } = begin('readwrite')
      let rows: readonly (Row | undefined)[] = []
      let written = false
      const reads = keys.map((key) => store.get(key))
      const last = reads.at(-1)
      // The transaction keeps every other tab out between these reads and the writes: this is what decides.
      if (last) {
        last.onsuccess = () => {
          rows = reads.map((read) => read.result as Row | undefined)
          const next = change(rows)
          if (next) {
            next.forEach((row, index) => store.put(row, keys[index] as string))
            rows = next
            written = true
          }
          transaction.commit()
        }
      }
      await done
      return { written, rows }
    },
    put(rows) {
      try {
        const { transaction, store, done } = begin('readwrite')
        for (const [key, row] of rows) store.put(row, key)
        transaction.commit()
        done.catch(() => {})
      } catch {
        // The browser may have closed the connection; nobody is left to be told.
      }
    },
    async readAll(prefix) {
      const { store, done } = begin('readonly')
      const keys = store.getAllKeys(startingWith(prefix))
      const rows = store.getAll(startingWith(prefix))
      await done
      return new Map(keys.result.map((key, index) => [String(key), rows.result[index] as Row]))
    },
    async clear(prefix) {
      const { store, done } = begin('readwrite')
      store.delete(startingWith(prefix))
      await done
    },
    close: () => connection.close(),
  }
}

function completion(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
  })
}

function startingWith(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`)
}

import type { Database, Row, Writes } from './platform.ts'

const STORE = 'rows'

/**
 * Clears the database if there is one, then deletes it: what a connection elsewhere keeps open for a while is empty, and
 * goes when that is closed. Makes none. Never rejects.
 */
export function eraseIndexedDb(name: string): Promise<void> {
  const erased = new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(name)
    // It did not exist: an aborted upgrade leaves nothing behind.
    opening.onupgradeneeded = () => opening.transaction?.abort()
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = over(opening.result)
      database
        .clear('')
        .catch(() => {})
        .finally(database.close)
        .then(resolve, reject)
    }
  })
  return erased.then(() => deleteIndexedDb(name)).catch(() => {})
}

/** Resolves as well while another connection is open, which closes when it hears of it. */
function deleteIndexedDb(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase(name)
    deleting.onsuccess = () => resolve()
    deleting.onblocked = () => resolve()
    deleting.onerror = () => reject(deleting.error)
  })
}

/** One object store, keys given from outside. Rejects where IndexedDB is blocked, missing or broken. */
export function openIndexedDb(name: string, onLost: () => void = () => {}): Promise<Database> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onerror = () => reject(opening.error)
    opening.onblocked = () => reject(new Error('blocked by another tab'))
    opening.onsuccess = () => {
      const connection = opening.result
      // The site's data was cleared.
      connection.onclose = onLost
      connection.onversionchange = () => {
        connection.close()
        onLost()
      }
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
      const write = () => {
        try {
          rows = reads.map((read) => read.result as Row | undefined)
          const writes = change(rows)
          if (writes) {
            apply(store, writes)
            rows = keys.map((key, index) => (writes.has(key) ? (writes.get(key) ?? undefined) : rows[index]))
            written = true
          }
          commit(transaction)
        } catch {
          transaction.abort() // so that it rejects, and no error of a request's handler reaches the page
        }
      }
      const last = reads.at(-1)
      // The transaction keeps every other tab out between these reads and the writes: this is what decides.
      if (last) last.onsuccess = write
      else write()
      await done
      return { written, rows }
    },
    put(rows) {
      try {
        const { transaction, store, done } = begin('readwrite')
        apply(store, rows)
        commit(transaction)
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

function apply(store: IDBObjectStore, writes: Writes): void {
  for (const [key, row] of writes) {
    if (row) store.put(row, key)
    else store.delete(key)
  }
}

/** Sooner than by itself, where the browser knows how: Safari before 15 does not. */
function commit(transaction: IDBTransaction): void {
  try {
    transaction.commit()
  } catch {
    // It commits by itself.
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

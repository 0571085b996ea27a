import type { Database, Row, Writes } from './platform.ts'

const STORE = 'rows'
const LEFT = 'the page was left'

/**
 * Clears the database if it exists, then deletes it. If a connection elsewhere delays the deletion, the database is
 * empty until that connection closes. Does not create a database. Never rejects.
 */
export function eraseIndexedDb(name: string): Promise<void> {
  const erased = new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(name)
    // The database did not exist. An aborted upgrade leaves nothing behind; in WebKit, an empty database.
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
  return erased
    .catch(() => {})
    .then(() => deleteIndexedDb(name))
    .catch(() => {})
}

/** Resolves also while another connection is open, which closes on `versionchange`. */
function deleteIndexedDb(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase(name)
    deleting.onsuccess = () => resolve()
    deleting.onblocked = () => resolve()
    deleting.onerror = () => reject(deleting.error)
  })
}

/** Opens a database with one object store and explicit keys. Rejects if IndexedDB is blocked, missing or broken. */
export function openIndexedDb(
  name: string,
  onLost: (deleted: boolean) => void = () => {},
): Promise<Database> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onerror = () => reject(opening.error)
    opening.onblocked = () => reject(new Error('blocked by another tab'))
    opening.onsuccess = () => {
      const connection = opening.result
      // The site's data was cleared.
      connection.onclose = () => onLost(false)
      connection.onversionchange = () => {
        connection.close()
        onLost(true)
      }
      resolve(over(connection))
    }
  })
}

function over(connection: IDBDatabase): Database {
  /** Transactions that are not committed, each with a function that rejects it without waiting for an event. */
  const open = new Map<IDBTransaction, () => void>()
  let away = false

  function begin(mode: IDBTransactionMode) {
    const transaction = connection.transaction(STORE, mode, { durability: 'relaxed' })
    const store = transaction.objectStore(STORE)
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
      open.set(transaction, () => reject(new Error(LEFT)))
    })
    const forget = () => void open.delete(transaction)
    done.then(forget, forget)
    return { transaction, store, done }
  }

  function present(mode: IDBTransactionMode) {
    if (away) throw new Error(LEFT)
    return begin(mode)
  }

  /** Commits at once instead of when the transaction is idle. Safari before 15 has no `commit`. */
  function commit(transaction: IDBTransaction): void {
    try {
      transaction.commit()
      open.delete(transaction)
    } catch {
      // The transaction commits by itself.
    }
  }

  return {
    async update(keys, change) {
      const { transaction, store, done } = present('readwrite')
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
          transaction.abort() // so that it rejects, and the error does not reach the page
        }
      }
      const last = reads.at(-1)
      // No other tab can enter the transaction between these reads and the writes: this decides between tabs.
      if (last) last.onsuccess = write
      else write()
      await done
      return { written, rows }
    },
    put(rows) {
      try {
        const { transaction, store } = begin('readwrite')
        apply(store, rows)
        commit(transaction)
      } catch {
        // The browser may have closed the connection. No caller waits for the result.
      }
    },
    async readAll(prefix) {
      const { transaction, store, done } = present('readonly')
      const keys = store.getAllKeys(startingWith(prefix))
      const rows = store.getAll(startingWith(prefix))
      commit(transaction)
      await done
      return new Map(keys.result.map((key, index) => [String(key), rows.result[index] as Row]))
    },
    async clear(prefix) {
      const { transaction, store, done } = begin('readwrite')
      store.delete(startingWith(prefix))
      commit(transaction)
      await done
    },
    // WebKit freezes transactions that wait for a read together with their page in the back/forward cache, and no page
    // can use the database until they end. `onabort` fires when the page is back or later, so nothing waits for it.
    leave() {
      away = true
      for (const [transaction, reject] of open) {
        reject()
        try {
          transaction.abort()
        } catch {
          // The transaction has ended.
        }
      }
    },
    back() {
      away = false
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

function startingWith(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`)
}

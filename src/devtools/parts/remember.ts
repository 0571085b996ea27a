import type { StoreApi } from 'zustand/vanilla'

type Fits = (value: unknown) => boolean

interface Remembered<State> {
  /** Key in the developer's localStorage. Stores settings of the overlay, never events. */
  readonly key: string
  /** Fields to store, each with a check of the stored value, which an older version may have written. */
  readonly kept: { readonly [Name in keyof State]?: Fits }
  /** Values that are not stored, so that a later default of the application or of the library applies. */
  readonly defaults: Partial<State>
  /** Values that take precedence over stored ones. They are not stored themselves. */
  readonly given?: Partial<State> | undefined
}

/**
 * Restores a store from localStorage on this origin, then stores each change. Writes nothing before the first change,
 * and removes the entry when all values are back at their defaults. Without storage it does nothing. Returns a function
 * that stops it.
 */
export function remember<State extends object>(
  store: StoreApi<State>,
  { key, kept, defaults, given }: Remembered<State>,
): () => void {
  const names = Object.keys(kept) as (keyof State)[]
  const chosen = read(key, kept)
  store.setState({ ...chosen, ...given } as Partial<State>)
  return store.subscribe((now, before) => {
    const changed = names.filter((name) => now[name] !== before[name])
    if (changed.length === 0) return
    // Compares lists by their items.
    for (const name of changed)
      chosen[name] = String(now[name]) === String(defaults[name]) ? undefined : now[name]
    const text = JSON.stringify(chosen)
    try {
      if (text === '{}') localStorage.removeItem(key)
      else localStorage.setItem(key, text)
    } catch {} // storage is blocked or full
  })
}

function read<State>(key: string, kept: Remembered<State>['kept']): Partial<State> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    const entries = Object.entries(stored ?? {})
    return Object.fromEntries(
      entries.filter(([name, value]) => Object.hasOwn(kept, name) && kept[name as keyof State]?.(value)),
    ) as Partial<State>
  } catch {
    return {}
  }
}

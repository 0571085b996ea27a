import type { StoreApi } from 'zustand/vanilla'

type Fits = (value: unknown) => boolean

interface Remembered<State> {
  /** In the developer's localStorage: how the overlay is set up, never an event. */
  readonly key: string
  /** What is remembered, and what each may be: what is stored may be older than this code. */
  readonly kept: { readonly [Name in keyof State]?: Fits }
  /** What is as here is no choice: it follows when the application, or a later version, has it otherwise. */
  readonly defaults: Partial<State>
  /** Goes before what was remembered, and is not stored itself. */
  readonly given?: Partial<State> | undefined
}

/**
 * Brings a store to where somebody left it on this origin, and stores what they change: nothing before that, nor once all
 * is as it was. Where storage is blocked it remembers nothing. Returns a stop.
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
    // Of a list too.
    for (const name of changed)
      chosen[name] = String(now[name]) === String(defaults[name]) ? undefined : now[name]
    const text = JSON.stringify(chosen)
    try {
      if (text === '{}') localStorage.removeItem(key)
      else localStorage.setItem(key, text)
    } catch {} // blocked, or full
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

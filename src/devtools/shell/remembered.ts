import type { Overlay, OverlayState } from '../overlay-state.ts'
import { densities, themes } from './looks.ts'
import { layouts, positions } from './places.ts'
import { parseShortcut } from './shortcut.ts'

/** In the developer's localStorage: how the overlay is set up, never an event. */
const KEY = 'rmc-devtools'

const oneOf = (allowed: readonly unknown[]) => (value: unknown) => allowed.includes(value)
const isText = (value: unknown) => typeof value === 'string'
const isSize = (value: unknown) => typeof value === 'number' && value > 0 && value < 10_000
const isFlag = oneOf([true, false])

/** What is remembered, and what each may be: what is stored may be older than this code. */
const kept = {
  open: isFlag,
  tab: isText,
  position: oneOf(positions),
  layout: oneOf(layouts),
  width: isSize,
  height: isSize,
  theme: oneOf(themes),
  density: oneOf(densities),
  shortcut: (value: unknown) => value === '' || (isText(value) && parseShortcut(value as string) === value),
  hidden: isFlag,
} satisfies Partial<Record<keyof OverlayState, (value: unknown) => boolean>>

const keys = Object.keys(kept) as (keyof typeof kept)[]

/**
 * Sets the overlay up as it was left on this origin, and stores what somebody changes; nothing before that. Where storage
 * is blocked it remembers nothing.
 */
export function remember({ state, defaults, embedded }: Overlay): void {
  const key = embedded ? `${KEY}:embedded` : KEY
  const chosen = read(key)
  state.setState(chosen as Partial<OverlayState>)
  state.subscribe((now, before) => {
    const changed = keys.filter((name) => now[name] !== before[name])
    if (changed.length === 0) return
    // What is as the application has it is no choice: it follows when the application changes.
    for (const name of changed) chosen[name] = now[name] === defaults[name] ? undefined : now[name]
    try {
      localStorage.setItem(key, JSON.stringify(chosen))
    } catch {} // blocked, or full
  })
}

type Chosen = Partial<Record<keyof typeof kept, unknown>>

function read(key: string): Chosen {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    const entries = Object.entries(stored ?? {})
    return Object.fromEntries(
      entries.filter(([name, value]) => keys.some((own) => own === name && kept[own](value))),
    )
  } catch {
    return {}
  }
}

/** Everything as the application has it; where the person is stays. */
export function startOver({ state, defaults }: Overlay): void {
  const { position, layout, width, height, theme, density, shortcut, hidden } = defaults
  state.setState({ position, layout, width, height, theme, density, shortcut, hidden })
}

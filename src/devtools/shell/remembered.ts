import type { Overlay, OverlayState } from '../overlay-state.ts'
import { remember } from '../parts/remember.ts'
import { densities, themes } from './looks.ts'
import { layouts, positions, stops } from './places.ts'
import { parseShortcut } from './shortcut.ts'

const KEY = 'rmc-devtools'

const oneOf = (allowed: readonly unknown[]) => (value: unknown) => allowed.includes(value)
const isText = (value: unknown) => typeof value === 'string'
const isSize = (value: unknown) => typeof value === 'number' && value > 0 && value < 10_000
const isFlag = oneOf([true, false])

const kept = {
  open: isFlag,
  tab: isText,
  position: oneOf(positions),
  layout: oneOf(layouts),
  width: isSize,
  height: isSize,
  stop: oneOf(stops),
  theme: oneOf(themes),
  density: oneOf(densities),
  shortcut: (value: unknown) => value === '' || (isText(value) && parseShortcut(value as string) === value),
  hidden: isFlag,
  watched: (value: unknown) => Array.isArray(value) && value.length < 200 && value.every(isText),
  sound: isFlag,
} satisfies Partial<Record<keyof OverlayState, (value: unknown) => boolean>>

/** Restores the settings that the tester saved on this origin. */
export function rememberSetup({ state, defaults, embedded }: Overlay): void {
  remember(state, { key: embedded ? `${KEY}:embedded` : KEY, kept, defaults })
}

/** Resets the settings to the application's defaults. Keeps the open view. */
export function startOver({ state, defaults }: Overlay): void {
  const { position, layout, width, height, stop, theme, density, shortcut, hidden } = defaults
  state.setState({ position, layout, width, height, stop, theme, density, shortcut, hidden })
}

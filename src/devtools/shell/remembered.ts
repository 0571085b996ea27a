import type { Overlay, OverlayState } from '../overlay-state.ts'
import { remember } from '../parts/remember.ts'
import { densities, themes } from './looks.ts'
import { layouts, positions } from './places.ts'
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
  theme: oneOf(themes),
  density: oneOf(densities),
  shortcut: (value: unknown) => value === '' || (isText(value) && parseShortcut(value as string) === value),
  hidden: isFlag,
} satisfies Partial<Record<keyof OverlayState, (value: unknown) => boolean>>

/** Sets the overlay up as it was left on this origin. */
export function rememberSetup({ state, defaults, embedded }: Overlay): void {
  remember(state, { key: embedded ? `${KEY}:embedded` : KEY, kept, defaults })
}

/** Everything as the application has it; where the person is stays. */
export function startOver({ state, defaults }: Overlay): void {
  const { position, layout, width, height, theme, density, shortcut, hidden } = defaults
  state.setState({ position, layout, width, height, theme, density, shortcut, hidden })
}

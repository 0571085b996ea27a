export type { MicroconversionDevtoolsProps, MicroconversionPanelProps } from './devtools/create-devtools.tsx'
export type { MicroconversionsPlugin } from './devtools/create-plugin.ts'
export {
  MicroconversionDevtools,
  MicroconversionPanel,
  microconversionsPlugin,
} from './devtools/in-development.tsx'
export type { OverlayTheme } from './devtools/shell/looks.ts'
export type { OverlayPosition } from './devtools/shell/places.ts'
export type { OverlayShortcut } from './devtools/shell/shortcut.ts'

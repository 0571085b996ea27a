export type { MicroconversionDevtoolsProps, MicroconversionPanelProps } from './devtools/create-devtools.tsx'
export type { MicroconversionsPlugin } from './devtools/create-plugin.ts'
export {
  MicroconversionDevtools,
  MicroconversionPanel,
  microconversionsPlugin,
} from './devtools/in-development.tsx'
export type { AgentBridge } from './devtools/session/agent-bridge.ts'
export type { Session as SessionFile } from './devtools/session/session-file.ts'
export type { OverlayTheme } from './devtools/shell/looks.ts'
export type { OverlayPosition } from './devtools/shell/places.ts'
export type { OverlayShortcut } from './devtools/shell/shortcut.ts'

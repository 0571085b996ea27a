export type {
  DevtoolsOptions,
  MicroconversionDevtoolsProps,
  MicroconversionPanelProps,
} from './devtools/create-devtools.tsx'
export type { MicroconversionsPlugin } from './devtools/create-plugin.ts'
export type {
  ColumnExtension,
  DestinationExtension,
  DevtoolsExtensions,
  PayloadProps,
  TabExtension,
} from './devtools/extensions/extensions.ts'
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
export type { CodePlace } from './devtools/source/place.ts'

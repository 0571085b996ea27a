export type { DevtoolsOptions } from './devtools/create-devtools.tsx'
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
  type ProductionDevtoolsProps,
  type ProductionPanelProps,
  type ShownInProduction,
} from './devtools/in-production.tsx'
export type { AgentBridge } from './devtools/session/agent-bridge.ts'
export type { Session as SessionFile } from './devtools/session/session-file.ts'
export type { OverlayTheme } from './devtools/shell/looks.ts'
export type { OverlayPosition } from './devtools/shell/places.ts'
export type { OverlayShortcut } from './devtools/shell/shortcut.ts'
export type { CodePlace } from './devtools/source/place.ts'
export { urlFlag } from './devtools/url-flag.ts'

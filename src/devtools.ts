export type { MicroconversionDevtoolsProps } from './devtools/create-devtools.tsx'
export { MicroconversionDevtools } from './devtools/in-development.ts'
export type { AgentBridge } from './devtools/session/agent-bridge.ts'
export type { Session as SessionFile } from './devtools/session/session-file.ts'

export type { NdjsonOptions } from './collector/node/ndjson.ts'
export { ndjson } from './collector/node/ndjson.ts'
export type { NodeRequest, NodeResponse } from './collector/node/to-node.ts'
export { toNode } from './collector/node/to-node.ts'

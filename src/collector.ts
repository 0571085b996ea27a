export type {
  Collector,
  CollectorIssue,
  CollectorLimits,
  CollectorOptions,
} from './collector/create-collector.ts'
export { createCollector } from './collector/create-collector.ts'
export type { Origins } from './collector/http/cross-origin.ts'
export type { Enrich, EnrichedRow } from './collector/rows/enriched.ts'
export type { Cell, EventRow } from './collector/rows/row.ts'
export type { ClickhouseOptions } from './collector/sinks/clickhouse.ts'
export { clickhouse } from './collector/sinks/clickhouse.ts'
export type { MemorySink } from './collector/sinks/memory.ts'
export { memory } from './collector/sinks/memory.ts'
export type { Sink } from './collector/sinks/sink.ts'
export type { EventDescription, Manifest, ManifestEvent, ManifestRule } from './plan/manifest.ts'
export type { ServerEvent } from './plan/server-event.ts'

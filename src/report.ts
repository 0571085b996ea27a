export type { ChangeVerdict, Figure, LiftVerdict, RateVerdict, SplitVerdict } from './report/figure.ts'
export type { Alarm, AlarmKind } from './report/health/alarm.ts'
export type { Health, HealthOptions } from './report/health/check-health.ts'
export { checkHealth } from './report/health/check-health.ts'
export type { EventHealth } from './report/health/volume-checks.ts'
export { toHtml } from './report/html/to-html.ts'
export { report } from './report/report.ts'
export type { ReportOptions, Splits } from './report/report-options.ts'
export type {
  CostReport,
  CostRow,
  EventCoverage,
  EventFrequency,
  EventRates,
  ExperimentReport,
  FunnelReport,
  FunnelStep,
  LiftRow,
  MacroLifts,
  Period,
  Quality,
  RateNow,
  ReadyEvent,
  Report,
  RetireCandidate,
  SegmentRate,
  Spread,
  TimeToEvent,
  Totals,
  VariantShare,
} from './report/report-types.ts'
export type { Segment } from './report/segment.ts'
export type { Dialect } from './report/sql/dialect.ts'
export type { ClickhouseSource } from './report/store/clickhouse-store.ts'
export type { DuckDbOptions } from './report/store/duckdb-options.ts'
export type { StoreSource } from './report/store/open-store.ts'
export { openStore } from './report/store/open-store.ts'
export type { SqlRow, SqlValue, Store } from './report/store/store.ts'
export { toMarkdown } from './report/text/to-markdown.ts'
export { toText } from './report/text/to-text.ts'
export type { Compacted, CompactOptions } from './report/upkeep/compact.ts'
export { compact } from './report/upkeep/compact.ts'
export type { Erased, Person } from './report/upkeep/erase.ts'
export { erase } from './report/upkeep/erase.ts'
export type { Duration } from './support/duration.ts'

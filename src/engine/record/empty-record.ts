import type { RecordState } from './record-view.ts'

/** State of an empty record. */
export const emptyRecord: RecordState = {
  decisions: [],
  forgotten: 0,
  counts: {},
  delivered: {},
  personalData: {},
  anomalies: {},
  consent: {},
  storage: 'memory',
}

import type { RecordState } from './types.ts'

/** The state of a record in which nothing has happened. */
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

export type {
  Copy as EventCopy,
  DeliveryNews,
  Destination,
  Lane,
  LanePort,
  LaneStatus,
  LaneStorage,
  Mapped,
  SendReason,
} from './engine/delivery/destination.ts'
export type { TrackedEvent } from './engine/pipeline/tracked-event.ts'
export type {
  Database,
  KeyValue,
  Lifecycle,
  PageLocation,
  Platform,
  PrivacySignals,
  Row as StoredRow,
  Surroundings,
  Writes,
} from './platform/platform.ts'
export { PermanentError } from './support/permanent-error.ts'

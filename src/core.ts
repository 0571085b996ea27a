export type { Checked, InvalidPolicy, Issue as PropertyIssue } from './engine/decision/issue.ts'
export type {
  Delivery,
  DeliveryCounts,
  DeliveryRequest,
  DeliveryState,
  DeliveryWait,
} from './engine/delivery/delivery.ts'
export type { AnyDestination } from './engine/delivery/destination.ts'
export type { FunnelStep, FunnelView } from './engine/journey/funnel.ts'
export type { IntentView } from './engine/journey/intent.ts'
export { journey } from './engine/journey/journey.ts'
export type {
  Anomaly,
  AnomalyKind,
  History as JourneyHistory,
  JourneyStep,
  JourneyView,
} from './engine/journey/journey-view.ts'
export type { Campaign, Landing, ReferrerClass } from './engine/page/landing-types.ts'
export type { PageContext, PageInput, PageNaming, RouteParams } from './engine/page/page.ts'
export type {
  ConsentControl,
  ConsentNeed,
  ConsentSnapshot,
  ConsentState,
  ConsentUpdate,
  SignalOverride,
} from './engine/permission/consent-types.ts'
export type { Finding, PersonalDataKind, PersonalDataPolicy } from './engine/personal-data/finding.ts'
export type {
  Cause,
  Derivation,
  Occurrence,
  Properties as EventProperties,
  TriggerContext,
} from './engine/pipeline/occurrence.ts'
export type { EventContext, TrackedEvent } from './engine/pipeline/tracked-event.ts'
export type { TrackerPlugin } from './engine/plugins.ts'
export type { Decision, Outcome, Reason, RuleState } from './engine/record/decision.ts'
export type { RecordState, RecordView, UnknownOutcome } from './engine/record/record-view.ts'
export type { StorageKind } from './engine/storage/storage-kind.ts'
export { createTracker } from './engine/tracker.ts'
export type { AnyTracker, Track, Tracker, TrackOptions } from './engine/tracker-api.ts'
export type { TrackerOptions } from './engine/tracker-options.ts'
export type { Device as DeviceContext } from './engine/who/device.ts'
export type { IdentifyOptions, UserContext } from './engine/who/visit.ts'
export type {
  After,
  AfterTimes,
  AfterWithout,
  CauseInPlan,
  DerivedProperties,
  FunnelOptions,
} from './plan/after.ts'
export type {
  Checkout,
  CommerceItem,
  CommerceItemFields,
  ItemList,
  ItemOption,
  PricedItems,
  Promotion,
  Purchase,
  Refund,
} from './plan/commerce.ts'
export { commerceProperties } from './plan/commerce.ts'
export type { AnyPlan, Plan, PlannedEvent, PlannedFunnel, PlanOptions } from './plan/define-plan.ts'
export { definePlan } from './plan/define-plan.ts'
export type {
  Carried,
  EventDefinition,
  EventKind,
  EventOptions,
  EventSettings,
  EventStatus,
  Intent,
  Money,
  Priority,
  Stage,
  Transformed,
  Urgency,
} from './plan/event.ts'
export { event } from './plan/event.ts'
export type {
  DestinationOverrides,
  EventDestinations,
  MetaOverride,
  MetaStandardEvent,
  ParameterOverride,
  SegmentOverride,
  SnowplowOverride,
} from './plan/event-destinations.ts'
export type {
  AttentionFacts,
  ChatFact,
  ChatFacts,
  ChecklistFact,
  ChecklistFacts,
  ExperimentFacts,
  FieldFact,
  FormFact,
  FormFacts,
  FormProgress,
  FormStepFact,
  LinkFact,
  LinkFacts,
  PageFacts,
  SchedulerFact,
  SchedulerFacts,
  ScrollFacts,
  SearchFact,
  SearchFacts,
  VideoFact,
  VideoFactBase,
  VideoFacts,
  VideoSummaryFact,
  VisibilityFacts,
  VisitFacts,
} from './plan/facts.ts'
export type {
  Frequency,
  FrequencyLimit,
  FrequencyRule,
  FrequencyScope,
  FrequencyShorthand,
  RuleScope,
} from './plan/frequency.ts'
export type {
  AnyEvents,
  EventName,
  EventsOf,
  FactEvent,
  FunnelsOf,
  InputOf,
  OutputOf,
  PropertiesArgument,
  PropertiesField,
  PropertyValue,
  Register,
  RegisteredPlan,
} from './plan/register.ts'
export { standardEvents } from './plan/standard-events.ts'
export type { SchemaIssue, SchemaResult, StandardSchema } from './plan/standard-schema.ts'
export { typed } from './plan/standard-schema.ts'
export type { Duration } from './support/duration.ts'
export type { ErrorCode } from './support/errors.ts'
export { MicroconversionError } from './support/errors.ts'

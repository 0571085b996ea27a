export { calCom } from './embeds/cal-com.ts'
export { calendly } from './embeds/calendly.ts'
export type { ChatProtocol } from './embeds/chat-signal.ts'
export type { EmbeddedFormProtocol, FormSignal } from './embeds/form-signal.ts'
export type { HubspotConversations } from './embeds/hubspot-chat.ts'
export { hubspotChat } from './embeds/hubspot-chat.ts'
export type { HubspotFormOptions } from './embeds/hubspot-form.ts'
export { hubspotForm } from './embeds/hubspot-form.ts'
export { hubspotMeetings } from './embeds/hubspot-meetings.ts'
export type { IntercomMessenger } from './embeds/intercom.ts'
export { intercom } from './embeds/intercom.ts'
export type { EmbedProtocol, OriginOptions, Reading } from './embeds/protocol.ts'
export type { Clarity } from './embeds/replay/clarity-replay.ts'
export { clarityReplay } from './embeds/replay/clarity-replay.ts'
export type { ReplayAddress } from './embeds/replay/link-replay.ts'
export { linkReplay } from './embeds/replay/link-replay.ts'
export type { PosthogRecorder } from './embeds/replay/posthog-replay.ts'
export { posthogReplay } from './embeds/replay/posthog-replay.ts'
export type { SentryRecorder, SentryReplayOptions } from './embeds/replay/sentry-replay.ts'
export { sentryReplay } from './embeds/replay/sentry-replay.ts'
export type { SchedulerProtocol, SchedulerSignal } from './embeds/scheduler-signal.ts'
export { typeform } from './embeds/typeform.ts'
export type { TrackedSchedulerComponent, TrackedSchedulerProps } from './react/embeds/tracked-scheduler.tsx'
export { TrackedScheduler } from './react/embeds/tracked-scheduler.tsx'
export type { ChatHandle, ChatOptions, UseChat } from './react/embeds/use-chat.ts'
export { useChat } from './react/embeds/use-chat.ts'
export type { IgnoredMessages } from './react/embeds/use-embed.ts'
export type {
  EmbeddedFormFacts,
  EmbeddedFormHandle,
  EmbeddedFormOptions,
  UseEmbeddedForm,
} from './react/embeds/use-embedded-form.ts'
export { useEmbeddedForm } from './react/embeds/use-embedded-form.ts'
export type {
  BookedMeeting,
  SchedulerHandle,
  SchedulerOptions,
  UseScheduler,
} from './react/embeds/use-scheduler.ts'
export { useScheduler } from './react/embeds/use-scheduler.ts'

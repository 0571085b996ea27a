import type { ReplayAddress } from './link-replay.ts'

/** The part of `posthog-js` that `posthogReplay` uses. */
export interface PosthogRecorder {
  readonly sessionRecordingStarted: () => boolean
  readonly get_session_replay_url: (options?: { withTimestamp?: boolean }) => string
}

/**
 * Returns the addresses of PostHog's session replay (`posthog-js` 1), at the second of the event, while it records.
 *
 * @example
 * linkReplay(tracker, posthogReplay(posthog))
 */
export function posthogReplay(posthog: PosthogRecorder): ReplayAddress {
  return () =>
    posthog.sessionRecordingStarted() ? posthog.get_session_replay_url({ withTimestamp: true }) : undefined
}

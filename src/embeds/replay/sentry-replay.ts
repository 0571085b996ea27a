import type { ReplayAddress } from './link-replay.ts'

/** The part of Sentry's replay integration that `sentryReplay` uses. */
export interface SentryRecorder {
  readonly getReplayId: () => string | undefined
}

/** Options of `sentryReplay`. */
export interface SentryReplayOptions {
  /** Address of your organization, such as `https://acme.sentry.io`. */
  readonly organization: string
}

/**
 * Returns the addresses of Sentry's session replay (`@sentry/browser` 8 and newer). `getReplay` is Sentry's, called at
 * each event. The address leads to the recording, not to a second of it.
 *
 * @example
 * linkReplay(tracker, sentryReplay(Sentry.getReplay, { organization: 'https://acme.sentry.io' }))
 */
export function sentryReplay(
  getReplay: () => SentryRecorder | undefined,
  { organization }: SentryReplayOptions,
): ReplayAddress {
  return () => {
    const id = getReplay()?.getReplayId()
    return id && `${organization}/replays/${id}/`
  }
}

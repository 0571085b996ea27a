import type { VideoFact, VideoFactBase } from '../../plan/facts.ts'
import type { Described } from './described.ts'
import { amount, type FieldsOf, flag, percent, seconds, text, whole } from './fields.ts'

const which: FieldsOf<VideoFactBase> = {
  video_title: text('Name of the video'),
  video_provider: text('Provider of the video'),
  video_url: text('Address of the video, without query; empty for `blob:`'),
  video_current_time: seconds('Position'),
  video_duration: seconds('Duration; 0 while unknown or live'),
  visible: flag('Any part of the player is in view'),
  live: flag('A stream without an end'),
  autoplay: flag('Playback began by itself'),
  muted: flag('Without sound now'),
  watched_percent: percent('Share played at least once'),
  reached_percent: percent('The furthest position, also by a jump'),
  plays: whole('How often playback began from the start'),
}

const mark: FieldsOf<VideoFact> = {
  ...which,
  video_percent: percent('The mark; 0 for a start and for marks in seconds'),
  video_mark: text('The mark as written, such as `25%` or `30s`; `start`, `complete`'),
  watched_seconds: seconds('Played at least once; skipped parts do not count'),
  hidden_seconds: seconds('Played while muted in a hidden tab'),
}

export const video: Described<'video'> = {
  video_start: { description: 'Starts a video', fields: mark },
  video_progress: { description: 'Watches a video up to a mark', fields: mark },
  video_complete: { description: 'Watches a video to its end', fields: mark },
  video_summary: {
    description: 'Stops watching a video; seconds are those since the last summary',
    fields: {
      ...which,
      watched_seconds: seconds('Played for the first time'),
      rewatched_seconds: seconds('Played again'),
      hidden_seconds: seconds('Played while muted in a hidden tab'),
      longest_seconds: seconds('The longest stretch without a jump'),
      average_rate: amount('Seconds of the video in a second of playback'),
      seeks: whole('Number of jumps'),
      pauses: whole('Number of pauses before the end'),
      stalls: whole('How often data ran out'),
    },
  },
}

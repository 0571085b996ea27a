import { addons } from 'storybook/preview-api'
import { manifestOf } from '../../plan/manifest.ts'
import { attempt } from '../../support/attempt.ts'
import { messages, type StoryNews } from '../protocol.ts'
import { logOf } from './story-log.ts'

type Channel = ReturnType<typeof addons.getChannel>

/** Returns the channel to the manager. Undefined for portable stories, which have no manager. */
export const openChannel = (): Channel | undefined => attempt(() => addons.getChannel())

const due = new Set<string>()
const FRAME_MS = 16
// Not an animation frame, which a hidden page never has. Taken now: a story may fake its timers.
const later = setTimeout

/** Sends the record of a story to the panel: once a frame, however often it changes. */
export function publishSoon(storyId: string): void {
  if (due.size === 0) later(publishDue, FRAME_MS)
  due.add(storyId)
}

function publishDue(): void {
  const ids = [...due]
  due.clear()
  for (const id of ids) publish(id)
}

export function publish(storyId: string): void {
  const log = logOf(storyId)
  if (!log) return
  const [tracker] = log.trackers
  const news: StoryNews = {
    storyId,
    mount: log.mount,
    record: log.record(),
    plan: tracker && manifestOf(tracker.plan),
  }
  openChannel()?.emit(messages.news, plain(news))
}

/** Returns a copy for the channel, which carries JSON: with words in place of what JSON does not have. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, readable))
}

function readable(_: string, value: unknown): unknown {
  if (value === Number.POSITIVE_INFINITY) return 'unlimited'
  if (typeof value === 'function') return 'function'
  return typeof value === 'bigint' ? `${value}n` : value
}

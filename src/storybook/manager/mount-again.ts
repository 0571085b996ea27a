import {
  FORCE_REMOUNT,
  GLOBALS_UPDATED,
  SET_GLOBALS,
  STORY_CHANGED,
  STORY_FINISHED,
} from 'storybook/internal/core-events'
import type { addons } from 'storybook/manager-api'
import type { StoryGlobals } from '../parameters.ts'
import { clockAheadMs } from '../preview/toolbar.ts'

const ofTracker = [
  'microconversionsConsent',
  'microconversionsGpc',
  'microconversionsDestination',
] as const satisfies readonly (keyof StoryGlobals)[]

type Channel = ReturnType<typeof addons.getChannel>

/** Returns whether the story needs a new tracker. A clock that goes on needs none. */
export function needsMount(before: StoryGlobals, after: StoryGlobals): boolean {
  const isClockBack = clockAheadMs(after.microconversionsClock) < clockAheadMs(before.microconversionsClock)
  return isClockBack || ofTracker.some((name) => before[name] !== after[name])
}

/**
 * Mounts the story again after a change in the toolbar. Storybook renders it again by itself, but does not `play` again, so that
 * the expectations would be judged by the old play. Waits until that rendering has finished: Storybook reloads its frame if a
 * story mounts again in the middle of it.
 */
export function mountAgainForToolbar(channel: Channel): void {
  let globals: StoryGlobals = {}
  let isDue = false
  channel.on(SET_GLOBALS, (set: { readonly globals: StoryGlobals }) => {
    globals = set.globals
  })
  channel.on(STORY_CHANGED, () => {
    isDue = false
  })
  channel.on(GLOBALS_UPDATED, (updated: { readonly globals: StoryGlobals }) => {
    isDue ||= needsMount(globals, updated.globals)
    globals = updated.globals
  })
  channel.on(STORY_FINISHED, ({ storyId }: { readonly storyId: string }) => {
    if (isDue) channel.emit(FORCE_REMOUNT, { storyId })
    isDue = false
  })
}

export { microconversions, microconversions as default } from './storybook/addon.ts'
export type { ExpectedEvent, TestMode } from './storybook/expected.ts'
export type {
  MicroconversionsParameters,
  MicroconversionsTypes,
  StoryGlobals,
  StoryTrackerOptions,
} from './storybook/parameters.ts'
export { trackingParameters } from './storybook/parameters.ts'
export type { StoryTracking } from './storybook/preview/story-tracking.ts'
export { trackingOf, useStoryTracking } from './storybook/preview/story-tracking.ts'

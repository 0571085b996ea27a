import type { ReactNode } from 'react'
import type { AnyPlan, AnyTracker } from 'react-microconversions'
import {
  type StoryTrackerOptions,
  trackingParameters,
  useStoryTracking,
} from 'react-microconversions/storybook'
import type { ManualPlatformOptions } from 'react-microconversions/testing'
import { Happenings } from './happenings.tsx'
import { storyPlan } from './story-plan.ts'
import './stories.css'

export interface TrackingOptions extends StoryTrackerOptions {
  /** Default: the plan of the stories. */
  readonly plan?: AnyPlan | undefined
  /** The browser that the story believes to be in. */
  readonly browser?: ManualPlatformOptions | undefined
  /** False: the story shows what happened itself, by the overlay. Default true. */
  readonly list?: boolean | undefined
}

/** Parameters of a story with a plan or a tracker of its own. */
export const tracking = ({ plan = storyPlan, browser, list = true, ...tracker }: TrackingOptions) => ({
  ...trackingParameters(plan, { browser, tracker: () => tracker }),
  list,
})

interface StoryContext {
  readonly parameters: { readonly list?: boolean }
}

/** Lists what the story's tracker decided beside the story: Storybook's docs pages have no panel. */
export function beside(Story: () => ReactNode, { parameters }: StoryContext) {
  return parameters.list === false ? (
    <Story />
  ) : (
    <Beside>
      <Story />
    </Beside>
  )
}

function Beside({ children }: { readonly children: ReactNode }) {
  const { tracker }: { readonly tracker: AnyTracker } = useStoryTracking()
  return (
    <div className="beside">
      <div className="story">{children}</div>
      <Happenings tracker={tracker} />
    </div>
  )
}

import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect, useState } from 'react'
import { type AnyPlan, MicroconversionProvider } from 'react-microconversions'
import {
  createTestTracker,
  type ManualPlatformOptions,
  type TestTracker,
  type TestTrackerOptions,
} from 'react-microconversions/testing'
import { browserInMemory } from './browser-in-memory.ts'
import { Happenings } from './happenings.tsx'
import './stories.css'
import { stayHere } from './stay-here.ts'
import { storyPlan } from './story-plan.ts'

export interface TrackingOptions extends TestTrackerOptions<AnyPlan> {
  /** Default: the plan of the stories. */
  readonly plan?: AnyPlan | undefined
  /** Of the browser that the story believes to be in. */
  readonly browser?: ManualPlatformOptions | undefined
  /** False: the story shows what happened itself, by the overlay. Default true. */
  readonly list?: boolean | undefined
}

/** For `parameters` of a story. In a function: parameters travel as text to Storybook's frame, and a plan cannot. */
export const tracking = (options: TrackingOptions) => ({ tracking: () => options })

const trackings = new WeakMap<HTMLElement, TestTracker<AnyPlan>>()
const TrackingContext = createContext<TestTracker<AnyPlan> | undefined>(undefined)

/** The tracking of the story in this canvas, for play functions. */
export function trackingIn(canvasElement: HTMLElement): TestTracker<AnyPlan> {
  const found = trackings.get(canvasElement)
  if (!found) throw new Error('This story has no tracking: add the decorator `tracked`.')
  return found
}

/** The tracking around a component that only stories have. */
export function useStoryTracking(): TestTracker<AnyPlan> {
  const found = useContext(TrackingContext)
  if (!found) throw new Error('Outside of the decorator `tracked`.')
  return found
}

interface StoryContext {
  readonly canvasElement: HTMLElement
  readonly parameters: { readonly tracking?: () => TrackingOptions }
}

/** A Provider with a tracker of its own for each story, from its mount to its unmount, and a list of what it decided. */
export function tracked(Story: () => ReactNode, { canvasElement, parameters }: StoryContext) {
  return (
    <Tracked at={canvasElement} options={parameters.tracking?.() ?? {}}>
      <Story />
    </Tracked>
  )
}

interface TrackedProps {
  readonly at: HTMLElement
  readonly options: TrackingOptions
  readonly children: ReactNode
}

function Tracked({ at, options, children }: TrackedProps) {
  const { plan = storyPlan, browser, list = true, ...more } = options
  const [current, setCurrent] = useState<TestTracker<AnyPlan>>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: a tracker lives as long as its story is shown
  useLayoutEffect(() => {
    const { platform, stop } = browserInMemory(browser)
    const made = createTestTracker(plan, { platform, ...more })
    trackings.set(at, made)
    setCurrent(made)
    return () => {
      made.tracker.dispose()
      stop()
    }
  }, [at])
  useEffect(stayHere, [])

  if (!current) return null
  return (
    <TrackingContext.Provider value={current}>
      <MicroconversionProvider tracker={current.tracker}>
        {list ? <div className="story">{children}</div> : children}
        {list && <Happenings tracker={current.tracker} />}
      </MicroconversionProvider>
    </TrackingContext.Provider>
  )
}

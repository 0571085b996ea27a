import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { MicroconversionProvider } from '../../react/provider.tsx'
import { createManualPlatform, type ManualPlatform } from '../../testing/manual-platform.ts'
import { createTestTracker } from '../../testing/test-tracker.ts'
import type { MicroconversionsParameters, StoryGlobals } from '../parameters.ts'
import { asStory } from './story-log.ts'
import { noteTracking, type StoryTracking, StoryTrackingContext } from './story-tracking.ts'
import { clockAheadMs, consentFrom, failingDestination } from './toolbar.ts'

const TICK_MS = 50

export interface TrackedStoryProps {
  readonly id: string
  readonly canvas: HTMLElement
  readonly plan: AnyPlan
  readonly parameters: MicroconversionsParameters
  readonly globals: StoryGlobals
  readonly children: ReactNode
}

/** Renders a story in a Provider with a tracker of its own, which lives from the story's mount to its unmount. */
export function TrackedStory({ id, canvas, plan, parameters, globals, children }: TrackedStoryProps) {
  const [tracking, setTracking] = useState<StoryTracking>()
  const aheadMs = clockAheadMs(globals.microconversionsClock)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the toolbar mounts the story again
  useLayoutEffect(() => {
    const made = asStory(id, () => createStoryTracking(plan, parameters, globals))
    const stop = followClock(made.platform)
    noteTracking(canvas, made)
    setTracking(made)
    return () => {
      stop()
      made.tracker.dispose()
    }
  }, [canvas])

  const passedMs = useRef(0)
  useLayoutEffect(() => {
    if (aheadMs > passedMs.current) tracking?.platform.advance(aheadMs - passedMs.current)
    if (tracking) passedMs.current = Math.max(aheadMs, passedMs.current)
  }, [tracking, aheadMs])

  if (!tracking) return null
  return (
    <StoryTrackingContext.Provider value={tracking}>
      <MicroconversionProvider tracker={tracking.tracker}>{children}</MicroconversionProvider>
    </StoryTrackingContext.Provider>
  )
}

/** Creates the tracker in a browser of its own: no story counts what happened in another. */
function createStoryTracking(
  plan: AnyPlan,
  { tracker, browser }: MicroconversionsParameters,
  globals: StoryGlobals,
): StoryTracking {
  const gpc = globals.microconversionsGpc === 'on' && { globalPrivacyControl: true }
  const platform = createManualPlatform({ now: Date.now(), title: 'Story', ...browser, ...gpc })
  const given = tracker?.() ?? {}
  const consent = consentFrom(globals.microconversionsConsent)
  const failing = globals.microconversionsDestination === 'fails' ? [failingDestination] : []
  return createTestTracker(plan, {
    ...given,
    platform,
    ...(consent && { consent }),
    destinations: [...(given.destinations ?? []), ...failing],
  })
}

/** Lets time pass as on the real clock. Returns a function that stops it. */
function followClock(platform: ManualPlatform): () => void {
  let last = Date.now()
  const timer = setInterval(() => {
    const now = Date.now()
    platform.advance(now - last)
    last = now
  }, TICK_MS)
  return () => clearInterval(timer)
}

import { callOf } from '../../engine/pipeline/call-sites.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import { instrumentsOf } from '../../react/wiring/instruments.ts'
import type { Rendering } from '../../react/wiring/rendering.ts'
import { aboveReact, componentOf, type Frame, framesOf, framesOfApp } from './read-stack.ts'

/** Stack traces that show where an attempt came from. */
export interface Stacks {
  readonly call: string | undefined
  readonly rendering: Rendering | undefined
}

/**
 * Returns the stack traces of an attempt. Undefined in production, for attempts of earlier pages and for attempts
 * before the overlay mounted.
 */
export function stacksOf(tracker: AnyTracker, number: number): Stacks | undefined {
  const call = callOf(tracker, number)
  const rendering = instrumentsOf(tracker).renderingOf(number)
  return call || rendering ? { call, rendering } : undefined
}

export interface Source {
  /** Component names, outermost first. */
  readonly path: readonly string[]
  /** Frame that called `track` or a hook, or that created the component's element. */
  readonly frame: Frame | undefined
}

/** Returns the components and the frame of the application from the stack traces. */
export function sourceOf({ call = '', rendering }: Stacks, component: string): Source {
  const called = appFrames(call)
  const hook = appFrames(aboveReact(rendering?.hook ?? ''))
  const owners = framesOfApp(framesOf(rendering?.owners ?? ''), framesOf(rendering?.hook ?? '')[0])
  const rendered = [...hook, ...owners]
  const path = rendered.flatMap((frame) => componentOf(frame) ?? []).reverse()
  const byHand = component === 'track'
  return { path: byHand ? path : [...path, component], frame: byHand ? called[0] : rendered[0] }
}

/** The first frame is the function that captured the stack trace. */
function appFrames(stack: string): readonly Frame[] {
  const frames = framesOf(stack)
  return framesOfApp(frames, frames[0])
}

import { callOf } from '../../engine/call-sites.ts'
import type { AnyTracker } from '../../engine/types.ts'
import { instrumentsOf } from '../../react/instruments.ts'
import type { Rendering } from '../../react/rendering.ts'
import { aboveReact, componentOf, type Frame, framesOf, framesOfApp } from './read-stack.ts'

/** Stacks as the browser has written them: where an attempt came from. */
export interface Stacks {
  readonly call: string | undefined
  readonly rendering: Rendering | undefined
}

/** Undefined in production, for an attempt of an earlier page, and for one before the overlay was there. */
export function stacksOf(tracker: AnyTracker, number: number): Stacks | undefined {
  const call = callOf(tracker, number)
  const rendering = instrumentsOf(tracker).renderingOf(number)
  return call || rendering ? { call, rendering } : undefined
}

export interface Source {
  /** Names of components, outermost first. */
  readonly path: readonly string[]
  /** Where `track` was called, a hook used, or the element of a component written. */
  readonly frame: Frame | undefined
}

/** What the stacks say of the application. */
export function sourceOf({ call = '', rendering }: Stacks, component: string): Source {
  const called = appFrames(call)
  const hook = appFrames(aboveReact(rendering?.hook ?? ''))
  const owners = framesOfApp(framesOf(rendering?.owners ?? ''), framesOf(rendering?.hook ?? '')[0])
  const rendered = [...hook, ...owners]
  const path = rendered.flatMap((frame) => componentOf(frame) ?? []).reverse()
  const byHand = component === 'track'
  return { path: byHand ? path : [...path, component], frame: byHand ? called[0] : rendered[0] }
}

/** The first line is the function that has noted the stack. */
function appFrames(stack: string): readonly Frame[] {
  const frames = framesOf(stack)
  return framesOfApp(frames, frames[0])
}

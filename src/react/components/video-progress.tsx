'use client'

import { type ComponentPropsWithRef, forwardRef, type ReactElement, useMemo } from 'react'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import type { Mark, MediaOptions } from '../../triggers/media.ts'
import { useVideo, type VideoProgressFacts } from '../hooks/use-video-progress.ts'
import type { AnyFactEvents, FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import { mergeRefs, type Render, renderElement } from '../wiring/render-element.ts'
import type { FactOptions } from '../wiring/report.ts'

type VideoOwnProps = Omit<ComponentPropsWithRef<'video'>, 'property' | 'name'> & {
  /** Name of the video, reported as GA4's `video_title`. */
  readonly name: string
  /**
   * Identifies the video, for example by its id, when neither its URL nor its position does. It is the `key` of
   * `useVideoProgress`, a prop name that React reserves on components. Default: the path of the URL, and the position
   * at which playback continues.
   */
  readonly videoKey?: MediaOptions['key']
  /** Marks to report: percentages as numbers, times as `'30s'`. Default `[25, 50, 75, 90]`. */
  readonly marks?: readonly Mark[] | undefined
  /**
   * How a mark is passed. `'watched'` counts what was actually played; `'reached'` uses the position, including seeks.
   * Default `'watched'`.
   */
  readonly mode?: MediaOptions['mode']
  /** Reported as GA4's `video_provider`. Default `'html5'`. */
  readonly provider?: string | undefined
  /** Marks a live stream. Default: true if the duration is infinite. */
  readonly live?: MediaOptions['live']
  /**
   * Ranges that are not part of the video, such as inserted ads, in seconds of `currentTime`: `[[0, 15]]`. Default:
   * none.
   */
  readonly ignore?: MediaOptions['ignore']
  /** Media element to render instead of `<video>`, such as `render={<hls-video />}`, or a function of the props. */
  readonly render?: Render<ComponentPropsWithRef<'video'>> | undefined
}

/** Type of `VideoProgress` for the events `E` of a plan. */
export interface VideoProgressComponent<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<VideoProgressFacts> = {},
  >(
    props: VideoOwnProps & FactEvents<E, VideoProgressFacts, Given, Events>,
  ): ReactElement
}

/** Props of `VideoProgress`, for a component that wraps it. */
export type VideoProgressProps<P extends AnyPlan = RegisteredPlan> = VideoOwnProps &
  AnyFactEvents<EventsOf<P>, VideoProgressFacts>

interface ErasedProps extends VideoOwnProps, Pick<FactOptions, 'events' | 'properties'> {}

/**
 * Renders a `<video>` that reports start, progress and completion, based on what was actually played. It never controls
 * playback.
 *
 * @example
 * <VideoProgress name="tour" src="/tour.mp4" controls />
 * <VideoProgress name="intro" src="/intro.mp4" marks={[50, '30s']} controls />
 */
export const VideoProgress = forwardRef<HTMLVideoElement, ErasedProps>(function VideoProgress(
  { name, videoKey: key, marks, mode, provider, live, ignore, events, properties, render, ...rest },
  forwarded,
) {
  const observed = useVideo({ name, key, marks, mode, provider, live, ignore, events, properties })
  const ref = useMemo(() => mergeRefs<HTMLVideoElement>(observed, forwarded), [observed, forwarded])
  return renderElement('video', render, { ...rest, ref })
}) as unknown as VideoProgressComponent

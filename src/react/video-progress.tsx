'use client'

import { type ComponentPropsWithRef, forwardRef, type ReactElement, useMemo } from 'react'
import type { VideoFacts as AllVideoFacts } from '../plan/facts.ts'
import type { EventsOf, FactEvent, PropertyValue, RegisteredPlan } from '../plan/register.ts'
import type { Mark, MediaOptions } from '../triggers/media.ts'
import { mergeRefs, type Render, renderElement } from './render-element.ts'
import type { FactOptions } from './use-facts.ts'
import { useVideoProgress } from './use-video-progress.ts'

type VideoFacts = Omit<AllVideoFacts, 'summary'>

type VideoOwnProps = Omit<ComponentPropsWithRef<'video'>, 'property' | 'name'> & {
  /** Which film this is; GA4's `video_title`. */
  readonly name: string
  /**
   * Identifies the video, such as its id, where neither its address nor its place does: the `key` of `useVideoProgress`,
   * which React keeps for itself on a component. Default: the address, by its path, and the place where it goes on.
   */
  readonly videoKey?: MediaOptions['key']
  /** Percent as numbers, seconds as `'30s'`. Default `[25, 50, 75, 90]`. */
  readonly marks?: readonly Mark[] | undefined
  /** Default `'watched'`: a mark counts what was really played. `'reached'`: the position, jumps included. */
  readonly mode?: MediaOptions['mode']
  /** GA4's `video_provider`. Default `'html5'`. */
  readonly provider?: string | undefined
  /** A live stream; default: known from a duration that is not finite. */
  readonly live?: MediaOptions['live']
  /** Stretches that are not the film, such as inserted advertising, in seconds: `[[0, 15]]`. */
  readonly ignore?: MediaOptions['ignore']
  /** Another media element: `render={<hls-video />}`, or a function of the props. */
  readonly render?: Render<ComponentPropsWithRef<'video'>> | undefined
}

export interface VideoProgressComponent<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends { [F in keyof VideoFacts]?: string | { event: string; properties?: object } } = {},
  >(
    props: VideoOwnProps & {
      /** Joined to every fact. */
      properties?: Given | undefined
      /** From facts to events. Default: `video_start`, `video_progress`, `video_complete`, where the plan has them. */
      events?:
        | ({
            [F in keyof Events]: F extends keyof VideoFacts
              ? FactEvent<E, VideoFacts[F] & Given, Events[F]>
              : never
          } & { [F in keyof VideoFacts]?: unknown })
        | undefined
    },
  ): ReactElement
}

interface ErasedProps extends VideoOwnProps, Pick<FactOptions, 'events' | 'properties'> {}

/** A `<video>` that reports start, progress and completion by what was really played. It never touches playback. */
export const VideoProgress = forwardRef<HTMLVideoElement, ErasedProps>(function VideoProgress(
  { name, videoKey: key, marks, mode, provider, live, ignore, events, properties, render, ...rest },
  forwarded,
) {
  const observed = useVideoProgress({ name, key, marks, mode, provider, live, ignore, events, properties })
  const ref = useMemo(() => mergeRefs<HTMLVideoElement>(observed, forwarded), [observed, forwarded])
  return renderElement('video', render, { ...rest, ref })
}) as unknown as VideoProgressComponent

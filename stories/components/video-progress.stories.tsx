import Hls from 'hls.js'
import { type ComponentProps, useEffect, useRef } from 'react'
import { type VideoMark, VideoProgress } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { onTheAir } from '../../test/support/live-stream.ts'
import { beside, tracking } from '../support/beside.tsx'
import { captions, episode, stream, teaser, tour } from '../support/media.ts'
import { prop } from '../support/rows.ts'
import { arrived, verdicts } from '../support/verdicts.ts'
import 'hls-video-element'

const marks: readonly VideoMark[] = [25, 50, '3s', 90]

const meta = preview.meta({
  title: 'Components/VideoProgress',
  component: VideoProgress,
  decorators: [beside],
  args: {
    name: 'teaser',
    src: teaser,
    marks,
    controls: true,
    playsInline: true,
    preload: 'auto',
    children: <track kind="captions" src={captions} srcLang="en" label="English" />,
  },
  argTypes: {
    name: prop('string', 'Title of the video, reported as `video_title`.'),
    marks: {
      ...prop(
        '(number | Duration)[]',
        'Marks to report: a number is a percentage, a text such as `30s` is a time.',
        '[25, 50, 75, 90]',
      ),
      control: 'object',
    },
    mode: {
      ...prop(
        "'watched' | 'reached'",
        '`watched`: marks count the time that was played. `reached`: marks count the position, including jumps.',
        "'watched'",
      ),
      control: 'inline-radio',
      options: ['watched', 'reached'],
    },
    live: prop(
      'boolean',
      'True for a live stream, which has no marks in percent. Needed only if the player hides this, as hls.js does.',
      'a duration that is not finite',
    ),
    ignore: {
      ...prop(
        '[from, to][]',
        'Ranges in seconds that are not part of the video, such as inserted advertisements.',
      ),
      control: 'object',
    },
    provider: prop('string', 'Reported as `video_provider`.', "'html5'"),
    events: {
      ...prop(
        '{ [fact]: event | { event, properties } }',
        'Events by fact. Only the facts that it names are reported. Default: `video_start`, `video_progress` and `video_complete`, if they are in the plan.',
      ),
      control: 'object',
    },
    properties: prop('{ [property: string]: PropertyValue }', 'Properties that are added to every fact.'),
    render: {
      ...prop(
        'ReactElement | ((props) => ReactNode)',
        'Element to render in place of `<video>`: `render={<hls-video />}`, or a function of the props.',
      ),
      control: false,
    },
    src: prop('string', 'Address of the video. All other props of `<video>` are passed on.'),
    controls: prop('boolean', 'Attribute of the element.'),
    playsInline: prop('boolean', 'Plays inside the page on phones, not in full screen.'),
    preload: prop("'none' | 'metadata' | 'auto'", 'How much the browser may load in advance.'),
    children: { ...prop('ReactNode', 'Sources and captions.'), control: false },
    ref: { ...prop('Ref<HTMLVideoElement>', 'Receives the element.'), control: false },
  },
})

async function videoIn(canvasElement: HTMLElement, element = 'video'): Promise<HTMLVideoElement> {
  const video = canvasElement.querySelector(element) as HTMLVideoElement
  video.muted = true
  await waitFor(() => expect(video.readyState).toBeGreaterThanOrEqual(2))
  return video
}

async function playToTheEnd(video: HTMLVideoElement) {
  const ended = new Promise((resolve) => video.addEventListener('ended', resolve, { once: true }))
  await video.play()
  await ended
}

/** Reports which part of the video was watched, with GA4’s names. */
export const Playground = meta.story({
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    await video.play()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_start fired'))
    video.pause()
  },
})

/** Reports each mark once and in order, also at four times the speed. */
export const StraightThrough = meta.story({
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    video.playbackRate = 4
    await playToTheEnd(video)
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    const passed = (await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])
    await expect(passed).toEqual(['start', '25%', '50%', '3s', '90%', 'complete'])
  },
})

/** Does not report the marks that a jump passes. The end itself was played, and only that is reported. */
export const SkippedToTheEnd = meta.story({
  args: { name: 'product-tour', src: tour },
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    await video.play()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_start fired'))
    video.currentTime = video.duration - 0.4
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    const events = await arrived(canvasElement)
    await expect(events.map(({ properties }) => properties['video_mark'])).not.toContain('50%')
    await expect(events.at(-1)?.properties['watched_percent']).toBeLessThan(50)
    await expect(events.at(-1)?.properties['reached_percent']).toBe(100)
  },
})

/** Reports the position in place of the watched part, as YouTube does. A jump then reports the marks that it passes. */
export const ByPosition = meta.story({
  args: { mode: 'reached' },
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    await video.play()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_start fired'))
    video.pause()
    video.currentTime = video.duration * 0.6
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(3))
    const passed = (await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])
    await expect(passed).toEqual(['start', '25%', '50%'])
  },
})

/** Counts a part that is played twice only once. */
export const WatchedTwice = meta.story({
  args: { marks: [50] },
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    video.playbackRate = 4
    await playToTheEnd(video)
    await playToTheEnd(video)
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    await expect(verdicts(canvasElement)).toEqual([
      'video_start fired',
      'video_progress fired',
      'video_complete fired',
    ])
  },
})

/** Uses marks in seconds, for long or live videos. */
export const MarksInSeconds = meta.story({
  args: { name: 'product-tour', src: tour, marks: ['1s', '2s'] },
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    video.playbackRate = 4
    await video.play()
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(3))
    video.pause()
    const passed = (await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])
    await expect(passed).toEqual(['start', '1s', '2s'])
  },
})

/** Reports an event of your own in place of the standard ones, and only if all of the video was watched. */
export const OwnEvents = meta.story({
  args: { events: { complete: { event: 'guide_downloaded', properties: { guide: 'teaser' } } } },
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    video.playbackRate = 4
    await playToTheEnd(video)
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['guide_downloaded fired']))
  },
})

/** Holds the events of a video, with their times, until the user grants consent. */
export const BeforeConsent = meta.story({
  parameters: tracking({ consent: 'pending' }),
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    await video.play()
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['video_start held: consent-pending']))
    video.pause()
    await expect(await arrived(canvasElement)).toEqual([])
  },
})

/** Observes a podcast: `render` replaces the `<video>` with an `<audio>`. */
export const Sound = meta.story({
  args: {
    name: 'episode-7',
    marks: [50, 90],
    // biome-ignore lint/a11y/useMediaCaption: a chord
    render: <audio src={episode} controls aria-label="Episode 7" />,
    src: undefined,
    children: undefined,
  },
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement, 'audio')
    video.playbackRate = 4
    await playToTheEnd(video)
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    const passed = (await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])
    await expect(passed).toEqual(['start', '50%', '90%', 'complete'])
  },
})

type StreamProps = ComponentProps<typeof VideoProgress> & { readonly onAir?: boolean | undefined }

function Stream({ onAir = false, ...props }: StreamProps) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const hls = new Hls(onAir ? onTheAir() : {})
    hls.loadSource(stream)
    if (video.current) hls.attachMedia(video.current)
    return () => hls.destroy()
  }, [onAir])
  return <VideoProgress {...props} ref={video} />
}

/** Observes a `<video>` that hls.js plays. The `name` identifies the video, although hls.js changes its address. */
export const HlsJs = meta.story({
  args: { name: 'stream', src: undefined },
  render: (args) => <Stream {...args} />,
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    video.playbackRate = 2
    await playToTheEnd(video)
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    const passed = (await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])
    // A quarter of the stream is three seconds, give or take a frame: either may come first.
    await expect(passed.toSorted()).toEqual(['25%', '3s', '50%', '90%', 'complete', 'start'])
  },
})

/** Observes a media custom element. The element may be defined before or after it is rendered. */
export const CustomElement = meta.story({
  args: { name: 'stream', src: undefined, render: <hls-video src={stream} controls muted /> },
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement, 'hls-video')
    await video.play()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_start fired'))
    video.currentTime = video.duration - 0.4
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    const events = await arrived(canvasElement)
    await expect(events.map(({ properties }) => properties['video_mark'])).toEqual(['start', 'complete'])
  },
})

/** Uses marks in seconds for a live stream, which has no percentages. hls.js hides that a stream is live, so `live` says it. */
export const Live = meta.story({
  args: { name: 'webinar', src: undefined, marks: [1, 50, '2s'], live: true },
  render: (args) => <Stream {...args} onAir />,
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    await video.play()
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(2))
    video.pause()
    const events = await arrived(canvasElement)
    await expect(events.map(({ properties }) => properties['video_mark'])).toEqual(['start', '2s'])
    await expect(events.at(-1)?.properties).toMatchObject({
      live: true,
      video_duration: 0,
      watched_percent: 0,
    })
  },
})

/** Ignores advertising before the video. It does not count as watched, and not as part of the duration. */
export const AdvertisingIgnored = meta.story({
  args: { name: 'product-tour', src: tour, ignore: [[0, 4]], marks: [25] },
  play: async ({ canvasElement }) => {
    const video = await videoIn(canvasElement)
    video.playbackRate = 4
    await video.play()
    await waitFor(() => expect(video.currentTime).toBeGreaterThan(2))
    await expect(verdicts(canvasElement)).toEqual([])
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(2))
    video.pause()
    const [start, quarter] = await arrived(canvasElement)
    // At four times the speed a look may come a second of the video later.
    await expect(start?.properties['video_current_time']).toBeLessThan(2)
    await expect(quarter?.properties['video_current_time']).toBeGreaterThanOrEqual(2)
    await expect(quarter?.properties['video_duration']).toBeCloseTo(8, 0)
  },
})

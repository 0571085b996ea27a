import Hls from 'hls.js'
import { type ComponentProps, useEffect, useRef } from 'react'
import { type Mark, VideoProgress } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { onTheAir } from '../../test/support/live-stream.ts'
import { captions, episode, stream, teaser, tour } from '../support/media.ts'
import { prop } from '../support/rows.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import 'hls-video-element'

const marks: readonly Mark[] = [25, 50, '3s', 90]

const meta = preview.meta({
  title: 'Components/VideoProgress',
  component: VideoProgress,
  decorators: [tracked],
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
    name: prop('string', 'Which film this is; GA4’s `video_title`.'),
    marks: {
      ...prop("(number | '30s')[]", 'Percent as numbers, seconds as `’30s’`.', '[25, 50, 75, 90]'),
      control: 'object',
    },
    mode: {
      ...prop(
        "'watched' | 'reached'",
        '`watched`: a mark counts what was really played. `reached`: the position, jumps included.',
        "'watched'",
      ),
      control: 'inline-radio',
      options: ['watched', 'reached'],
    },
    live: prop(
      'boolean',
      'A live stream: nothing is in percent. Say it where the player hides that, as hls.js does.',
      'a duration that is not finite',
    ),
    ignore: {
      ...prop('[from, to][]', 'Stretches that are not the film, in seconds: inserted advertising.'),
      control: 'object',
    },
    provider: prop('string', 'GA4’s `video_provider`.', "'html5'"),
    events: {
      ...prop(
        '{ [fact]: event | { event, properties } }',
        'From facts to events. Default: `video_start`, `video_progress`, `video_complete`, where the plan has them.',
      ),
      control: 'object',
    },
    properties: prop('{ [name]: value }', 'Joined to every fact.'),
    render: {
      ...prop(
        'ReactElement | (props) => ReactNode',
        'Another media element: `render={<hls-video />}`, or a function of the props.',
      ),
      control: false,
    },
    src: prop('string', 'The film. Every other prop of `<video>` passes through too.'),
    controls: prop('boolean', 'The browser’s own.'),
    playsInline: prop('boolean', 'Not in full screen on a telephone.'),
    preload: prop("'none' | 'metadata' | 'auto'", 'What the browser may fetch beforehand.'),
    children: { ...prop('ReactNode', 'Sources and captions.'), control: false },
    ref: { ...prop('Ref<HTMLVideoElement>', 'Filled with the element.'), control: false },
  },
})

async function filmIn(canvasElement: HTMLElement, element = 'video'): Promise<HTMLVideoElement> {
  const film = canvasElement.querySelector(element) as HTMLVideoElement
  film.muted = true
  await waitFor(() => expect(film.readyState).toBeGreaterThanOrEqual(2))
  return film
}

async function playToTheEnd(film: HTMLVideoElement) {
  const ended = new Promise((resolve) => film.addEventListener('ended', resolve, { once: true }))
  await film.play()
  await ended
}

/** Why: which part of the film people saw, in GA4’s words, from one prop. */
export const Playground = meta.story({
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    await film.play()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_start fired'))
    film.pause()
  },
})

/** Why: whoever watches all of it passes each mark once, in order, also at four times the speed. */
export const StraightThrough = meta.story({
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    film.playbackRate = 4
    await playToTheEnd(film)
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    const passed = (await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])
    await expect(passed).toEqual(['start', '25%', '50%', '3s', '90%', 'complete'])
  },
})

/** Why: a jump to the end is no half of the film. The end itself was seen, and only that is reported. */
export const SkippedToTheEnd = meta.story({
  args: { name: 'product-tour', src: tour },
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    await film.play()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_start fired'))
    film.currentTime = film.duration - 0.4
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    const events = await arrived(canvasElement)
    await expect(events.map(({ properties }) => properties['video_mark'])).not.toContain('50%')
    await expect(events.at(-1)?.properties['watched_percent']).toBeLessThan(50)
    await expect(events.at(-1)?.properties['reached_percent']).toBe(100)
  },
})

/** Why: some teams want the position, as YouTube reports it. Then a jump passes what it jumps over. */
export const ByPosition = meta.story({
  args: { mode: 'reached' },
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    await film.play()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_start fired'))
    film.pause()
    film.currentTime = film.duration * 0.6
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(3))
    const passed = (await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])
    await expect(passed).toEqual(['start', '25%', '50%'])
  },
})

/** Why: seeing a part again is not seeing more. Seconds of the film count once. */
export const WatchedTwice = meta.story({
  args: { marks: [50] },
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    film.playbackRate = 4
    await playToTheEnd(film)
    await playToTheEnd(film)
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    await expect(verdicts(canvasElement)).toEqual([
      'video_start fired',
      'video_progress fired',
      'video_complete fired',
    ])
  },
})

/** Why: marks in seconds hold where percent mean little, such as in long or live films. */
export const MarksInSeconds = meta.story({
  args: { name: 'product-tour', src: tour, marks: ['1s', '2s'] },
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    film.playbackRate = 4
    await film.play()
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(3))
    film.pause()
    const passed = (await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])
    await expect(passed).toEqual(['start', '1s', '2s'])
  },
})

/** Why: an event of your own in place of the standard ones: here only who saw all of it is of interest. */
export const OwnEvents = meta.story({
  args: { events: { complete: { event: 'guide_downloaded', properties: { guide: 'teaser' } } } },
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    film.playbackRate = 4
    await playToTheEnd(film)
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['guide_downloaded fired']))
  },
})

/** Why: what was watched before the visitor agreed is kept with its time, and nothing is sent. */
export const BeforeConsent = meta.story({
  parameters: tracking({ consent: 'pending' }),
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    await film.play()
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['video_start held: consent-pending']))
    film.pause()
    await expect(await arrived(canvasElement)).toEqual([])
  },
})

/** Why: a podcast is watched as a film is. `render` swaps the element. */
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
    const film = await filmIn(canvasElement, 'audio')
    film.playbackRate = 4
    await playToTheEnd(film)
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

/** Why: hls.js feeds an ordinary `<video>`, by an address that changes at will. The film stays the same by its name. */
export const HlsJs = meta.story({
  args: { name: 'stream', src: undefined },
  render: (args) => <Stream {...args} />,
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    film.playbackRate = 4
    await playToTheEnd(film)
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    const passed = (await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])
    await expect(passed).toEqual(['start', '3s', '25%', '50%', '90%', 'complete'])
  },
})

/** Why: a media custom element has the same interface; it may be defined before or after it is rendered. */
export const CustomElement = meta.story({
  args: { name: 'stream', src: undefined, render: <hls-video src={stream} controls muted /> },
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement, 'hls-video')
    await film.play()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_start fired'))
    film.currentTime = film.duration - 0.4
    await waitFor(() => expect(verdicts(canvasElement)).toContain('video_complete fired'))
    const events = await arrived(canvasElement)
    await expect(events.map(({ properties }) => properties['video_mark'])).toEqual(['start', 'complete'])
  },
})

/** Why: a stream without an end has no half. Marks in seconds hold; `live` where hls.js hides that it is one. */
export const Live = meta.story({
  args: { name: 'webinar', src: undefined, marks: [1, 50, '2s'], live: true },
  render: (args) => <Stream {...args} onAir />,
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    await film.play()
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(2))
    film.pause()
    const events = await arrived(canvasElement)
    await expect(events.map(({ properties }) => properties['video_mark'])).toEqual(['start', '2s'])
    await expect(events.at(-1)?.properties).toMatchObject({
      live: true,
      video_duration: 0,
      watched_percent: 0,
    })
  },
})

/** Why: advertising in front is not the film. It counts neither as watched nor in what the marks are shares of. */
export const AdvertisingIgnored = meta.story({
  args: { name: 'product-tour', src: tour, ignore: [[0, 4]], marks: [25] },
  play: async ({ canvasElement }) => {
    const film = await filmIn(canvasElement)
    film.playbackRate = 4
    await film.play()
    await waitFor(() => expect(film.currentTime).toBeGreaterThan(2))
    await expect(verdicts(canvasElement)).toEqual([])
    await waitFor(() => expect(verdicts(canvasElement)).toHaveLength(2))
    film.pause()
    const [start, quarter] = await arrived(canvasElement)
    // At four times the speed a look may come a second of the film later.
    await expect(start?.properties['video_current_time']).toBeLessThan(2)
    await expect(quarter?.properties['video_current_time']).toBeGreaterThanOrEqual(2)
    await expect(quarter?.properties['video_duration']).toBeCloseTo(8, 0)
  },
})

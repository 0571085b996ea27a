import { type Mark, VideoProgress } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { captions, teaser, tour } from '../support/media.ts'
import { prop } from '../support/rows.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'

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

async function filmIn(canvasElement: HTMLElement): Promise<HTMLVideoElement> {
  const film = canvasElement.querySelector('video') as HTMLVideoElement
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

import { useVideoSummary, VideoProgress } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { Closable } from '../support/closable.tsx'
import { captions, tour } from '../support/media.ts'
import { gives, takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked } from '../support/tracked.tsx'
import { arrivedNames, decisionsIn } from '../support/verdicts.ts'
import file from './use-video-summary.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useVideoSummary',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'How a film was watched: first time and again, jumps, pauses, stalls, the longest stretch, the rate. Reported when the tab is hidden, the page ends or the player goes; each report holds what is new, so that they add up.\n\n```tsx\n<VideoProgress name="tour" ref={useVideoSummary({ name: \'tour\' })} src="/tour.webm" />\n```',
      },
    },
  },
  argTypes: {
    name: takes('string', 'Says which film this is.'),
    live: takes('boolean', 'A live stream.', 'a duration that is not finite'),
    ignore: takes('[from, to][]', 'Stretches that are not the film, in seconds.'),
    provider: takes('string', 'GA4’s `video_provider`.', "'html5'"),
    events: takes(
      '{ summary: event | { event, properties } }',
      'Default: `video_summary`, where the plan has it.',
    ),
    properties: takes('{ [name]: value }', 'Joined to the fact.'),
    ref: gives('RefCallback<Element>', 'For the media element, also that of a `VideoProgress`.'),
  },
})

function Tour() {
  const ref = useVideoSummary({ name: 'product-tour' })
  return (
    <VideoProgress ref={ref} name="product-tour" src={tour} muted controls preload="auto" width={320}>
      <track kind="captions" src={captions} srcLang="en" label="English" />
    </VideoProgress>
  )
}

/** Why: one line for each visit to a film, where marks are milestones on the way. */
export const UntilItGoes = meta.story({
  render: () => (
    <Closable name="tour">
      <Tour />
    </Closable>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    const film = canvasElement.querySelector('video') as HTMLVideoElement
    await waitFor(() => expect(film.readyState).toBeGreaterThanOrEqual(2))
    film.playbackRate = 2
    await film.play()
    await waitFor(() => expect(film.currentTime).toBeGreaterThan(1.5))
    film.currentTime = 0.5
    await waitFor(() => expect(film.currentTime).toBeGreaterThan(1))
    film.pause()
    await userEvent.click(canvas.getByRole('button'))
    await waitFor(async () => expect(await arrivedNames(canvasElement)).toContain('video_summary'))
    const summary = decisionsIn(canvasElement).find(({ event }) => event === 'video_summary')
    await expect(summary?.properties).toMatchObject({ seeks: 1, pauses: 1, average_rate: 2 })
    await expect(summary?.properties?.['rewatched_seconds']).toBeGreaterThan(0.2)
  },
})

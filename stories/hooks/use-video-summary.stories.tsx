import { useVideoSummary, VideoProgress } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { Closable } from '../support/closable.tsx'
import { captions, tour } from '../support/media.ts'
import { gives, takes } from '../support/rows.ts'
import { arrivedNames, decisionsIn } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useVideoSummary',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Reports how a video was watched: seconds, repeated seconds, seeks, pauses, stalls, the longest stretch and the rate. It reports when the tab is hidden, the page ends or the player is removed. Each report has only what is new, so that you can add them up.\n\n```tsx\n<VideoProgress name="tour" ref={useVideoSummary({ name: \'tour\' })} src="/tour.webm" />\n```',
      },
    },
  },
  argTypes: {
    name: takes('string', 'Name of the video.'),
    live: takes('boolean', 'True for a live stream.', 'a duration that is not finite'),
    ignore: takes('[from, to][]', 'Ranges in seconds that are not part of the video.'),
    provider: takes('string', 'Reported as `video_provider`.', "'html5'"),
    events: takes(
      '{ summary: event | { event, properties } }',
      'Event to report. Default: `video_summary`, if it is in the plan.',
    ),
    properties: takes('{ [property: string]: PropertyValue }', 'Properties that are added to the fact.'),
    ref: gives('RefCallback<Element>', 'Ref for the media element, which may be that of `VideoProgress`.'),
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

/** Reports one summary for each visit to a video. */
export const UntilItGoes = meta.story({
  render: () => (
    <Closable name="tour">
      <Tour />
    </Closable>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    const video = canvasElement.querySelector('video') as HTMLVideoElement
    await waitFor(() => expect(video.readyState).toBeGreaterThanOrEqual(2))
    video.playbackRate = 2
    await video.play()
    await waitFor(() => expect(video.currentTime).toBeGreaterThan(1.5))
    video.currentTime = 0.5
    await waitFor(() => expect(video.currentTime).toBeGreaterThan(1))
    video.pause()
    await userEvent.click(canvas.getByRole('button'))
    await waitFor(async () => expect(await arrivedNames(canvasElement)).toContain('video_summary'))
    const summary = decisionsIn(canvasElement).find(({ event }) => event === 'video_summary')
    await expect(summary?.properties).toMatchObject({ seeks: 1, pauses: 1, average_rate: 2 })
    await expect(summary?.properties?.['rewatched_seconds']).toBeGreaterThan(0.2)
  },
})

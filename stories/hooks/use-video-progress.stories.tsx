import { useCallback, useRef, useState } from 'react'
import { useVideoProgress } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { captions, tour } from '../support/media.ts'
import { gives, takes } from '../support/rows.ts'
import { verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useVideoProgress',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Returns a ref for any element with the interface of `HTMLMediaElement`: `<video>`, `<audio>` or a media custom element.\n\n```tsx\n<audio ref={useVideoProgress({ name: \'episode-7\' })} src="/7.mp3" controls />\n```',
      },
    },
  },
  argTypes: {
    name: takes('string', 'Name of the video. A new name starts from the beginning.'),
    marks: takes(
      '(number | Duration)[]',
      'Marks to report: a number is a percentage, a text such as `30s` is a time.',
      '[25, 50, 75, 90]',
    ),
    mode: takes(
      "'watched' | 'reached'",
      '`watched`: marks count the time that was played. `reached`: marks count the position, including jumps.',
      "'watched'",
    ),
    provider: takes('string', 'Reported as `video_provider`.', "'html5'"),
    events: takes(
      '{ [fact]: event | { event, properties } }',
      'Events by fact. Only the facts that it names are reported. Default: `video_start`, `video_progress` and `video_complete`, if they are in the plan.',
    ),
    properties: takes('{ [property: string]: PropertyValue }', 'Properties that are added to every fact.'),
    component: takes('string', 'Name of the component in the record.', "'VideoProgress'"),
    ref: gives('RefCallback<Element>', 'Ref for the media element.'),
  },
})

function Player() {
  const [playing, setPlaying] = useState(false)
  const video = useRef<HTMLVideoElement>(null)
  const watch = useVideoProgress({ name: 'product-tour', marks: ['1s'], component: 'Player' })
  const ref = useCallback(
    (element: HTMLVideoElement | null) => {
      video.current = element
      watch(element)
    },
    [watch],
  )
  return (
    <div className="row">
      <video
        ref={ref}
        src={tour}
        muted
        playsInline
        preload="auto"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
      >
        <track kind="captions" src={captions} srcLang="en" label="English" />
      </video>
      <button type="button" onClick={() => (playing ? video.current?.pause() : video.current?.play())}>
        {playing ? 'Pause' : 'Play'}
      </button>
    </div>
  )
}

/** Observes a player with controls of your own. */
export const OwnPlayer = meta.story({
  render: () => <Player />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Play' }))
    await waitFor(() =>
      expect(verdicts(canvasElement)).toEqual(['video_start fired', 'video_progress fired']),
    )
    await userEvent.click(await canvas.findByRole('button', { name: 'Pause' }))
  },
})

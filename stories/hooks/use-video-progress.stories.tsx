import { useCallback, useRef, useState } from 'react'
import { useVideoProgress } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { captions, tour } from '../support/media.ts'
import { gives, takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked } from '../support/tracked.tsx'
import { verdicts } from '../support/verdicts.ts'
import file from './use-video-progress.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useVideoProgress',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'A ref for anything with the interface of an HTMLMediaElement: `<video>`, `<audio>`, a media custom element.\n\n```tsx\n<audio ref={useVideoProgress({ name: \'episode-7\' })} src="/7.mp3" controls />\n```',
      },
    },
  },
  argTypes: {
    name: takes('string', 'Says which film this is: another name starts anew.'),
    marks: takes("(number | '30s')[]", 'Percent as numbers, seconds as `’30s’`.', '[25, 50, 75, 90]'),
    mode: takes(
      "'watched' | 'reached'",
      'What was really played, or the position, jumps included.',
      "'watched'",
    ),
    provider: takes('string', 'GA4’s `video_provider`.', "'html5'"),
    events: takes(
      '{ [fact]: event | { event, properties } }',
      'From facts to events. Default: `video_start`, `video_progress`, `video_complete`, where the plan has them.',
    ),
    properties: takes('{ [name]: value }', 'Joined to every fact.'),
    component: takes('string', 'Named in the record.', "'VideoProgress'"),
    ref: gives('RefCallback<Element>', 'For the media element.'),
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

/** Why: a player with controls of your own is watched like any other. */
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

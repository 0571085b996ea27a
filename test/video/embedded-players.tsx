import MuxPlayer from '@mux/mux-player-react'
import { useEffect, useRef } from 'react'
import { useVideoSummary, VideoProgress } from 'react-microconversions'
import ReactPlayer from 'react-player'
import { type StartPlayer, startPlyr, startVideoJs } from '../support/players-around-video.ts'

export type Stretch = readonly [fromS: number, toS: number]

interface PlayerProps {
  readonly ignore: readonly Stretch[]
}

const src = '/tour.webm'

function Mux({ ignore }: PlayerProps) {
  const ref = useVideoSummary({ name: 'video', ignore })
  const player = <MuxPlayer src={src} muted preload="auto" disableTracking disableCookies />
  return <VideoProgress ref={ref} name="video" render={player} />
}

function ReactPlayer3({ ignore }: PlayerProps) {
  const ref = useVideoSummary({ name: 'video', ignore })
  return <VideoProgress ref={ref} name="video" render={<ReactPlayer src={src} muted preload="auto" />} />
}

/** For players that move and remove the element that they are given. */
function Own({ ignore, start }: PlayerProps & { readonly start: StartPlayer }) {
  const ref = useVideoSummary({ name: 'video', ignore })
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const video = document.createElement('video')
    const host = document.createElement('div')
    host.append(video)
    place.current?.append(host)
    const stop = start(video, src)
    ref(video)
    return () => {
      ref(null)
      stop()
      host.remove()
    }
  }, [ref, start])
  return <div ref={place} />
}

const players = {
  'Mux Player': Mux,
  'react-player': ReactPlayer3,
  'video.js': (props: PlayerProps) => <Own {...props} start={startVideoJs} />,
  Plyr: (props: PlayerProps) => <Own {...props} start={startPlyr} />,
}

export type EmbeddedPlayer = keyof typeof players

/** Players with a library of their own, each in the way that the documentation shows. */
export default function Embedded({ player, ...props }: PlayerProps & { readonly player: EmbeddedPlayer }) {
  const Player = players[player]
  return <Player {...props} />
}

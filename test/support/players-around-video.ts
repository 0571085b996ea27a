// @ts-expect-error Its types have no default export, and its module has one.
import Plyr from 'plyr'
import videojs from 'video.js'

/** Makes a player of a `<video>`, and returns a function that removes the player. */
export type StartPlayer = (video: HTMLVideoElement, src: string) => () => void

export const startVideoJs: StartPlayer = (video, src) => {
  const player = videojs(video, { muted: true, preload: 'auto', sources: [{ src, type: 'video/webm' }] })
  return () => player.dispose()
}

export const startPlyr: StartPlayer = (video, src) => {
  video.src = src
  video.muted = true
  const player = new Plyr(video, {
    controls: [],
    muted: true,
    iconUrl: '',
    loadSprite: false,
    storage: { enabled: false },
  })
  return () => player.destroy()
}

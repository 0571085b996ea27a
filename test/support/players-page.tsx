import 'vimeo-video-element'
import 'wistia-video-element'
import 'youtube-video-element'
import { createElement, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import {
  createTracker,
  definePlan,
  MicroconversionProvider,
  standardEvents,
  VideoProgress,
} from 'react-microconversions'
import { memory } from 'react-microconversions/destinations'

const plan = definePlan({ name: 'players', version: '1', events: standardEvents.video })
const destination = memory()
const tracker = createTracker({ plan, destinations: [destination], consent: 'granted' })

const sources: Readonly<Record<string, string>> = {
  youtube: 'https://www.youtube.com/watch?v=abcdefghijk',
  vimeo: 'https://vimeo.com/123456789',
  wistia: 'https://acme.wistia.com/medias/abc',
}

const name = new URLSearchParams(location.search).get('player') ?? ''

const page = { tracker, events: destination.events }
export type PlayersPage = typeof page
Object.assign(globalThis, { players: page })

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MicroconversionProvider tracker={tracker}>
      <VideoProgress
        name="tour"
        provider={name}
        render={createElement(`${name}-video`, { src: sources[name], muted: true, 'data-testid': 'player' })}
      />
    </MicroconversionProvider>
  </StrictMode>,
)

import { createTracker } from 'react-microconversions/core'
import { http } from 'react-microconversions/destinations'
import { plan } from './playwright-plan.ts'

/** An application in production: its tracker is nowhere to be found but in its own module. */
const destinations = [http({ url: '/collect' })]
const consent = location.pathname === '/held' ? 'pending' : 'granted'
const tracker = createTracker({ plan, consent, bots: 'flag', destinations })

document.querySelector('button')?.addEventListener('click', () => {
  tracker.track('pricing_clicked', { tier: 'pro' })
})
window.addEventListener('pagehide', () => {
  tracker.track('page_left', { path: location.pathname })
})

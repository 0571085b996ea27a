import { fromCallback } from 'react-microconversions/consent'
import { tracker } from './delivery.ts'

/** CookieConsent by Orest Bida, version 3: which of its categories the visitor has accepted. */
interface Answer {
  readonly cookie: { readonly categories: readonly string[] }
}

// `onConsent` comes with the first answer and on every page after it, `onChange` with each change of mind.
export const disconnect = fromCallback(tracker, (report) => {
  const tell = (event: Event) => {
    const { categories } = (event as CustomEvent<Answer>).detail.cookie
    const state = (category: string) => (categories.includes(category) ? 'granted' : 'denied')
    report({ analytics: state('analytics'), marketing: state('advertisement') })
  }
  const events = ['cc:onConsent', 'cc:onChange']
  for (const name of events) window.addEventListener(name, tell)
  return () => {
    for (const name of events) window.removeEventListener(name, tell)
  }
})

/**
 * What is measured. `adapter` drives it in the page (`adapters/NAME.js`), `react` is its set-up for React
 * (`adapters/NAME-react.js`) with a link, an `Impression`, or both. `packages` are installed into the cache.
 * @typedef {object} Candidate
 * @property {string} name
 * @property {string} title
 * @property {boolean} [adapter]
 * @property {readonly ('Link' | 'Impression')[]} [react]
 * @property {{ readonly [name: string]: string }} [packages]
 */

/** @type {readonly Candidate[]} */
export const candidates = [
  { name: 'floor', title: 'floor', adapter: true, react: ['Link', 'Impression'] },
  { name: 'this', title: 'this', adapter: true, react: ['Link', 'Impression'] },
  {
    name: 'walkeros',
    title: 'walkerOS 4.2',
    adapter: true,
    packages: { '@walkeros/collector': '4.2.1', '@walkeros/core': '4.2.1' },
  },
  {
    name: 'amplitude',
    title: 'Amplitude 2.47',
    adapter: true,
    packages: { '@amplitude/analytics-browser': '2.47.1' },
  },
  {
    name: 'snowplow',
    title: 'Snowplow 4.10',
    adapter: true,
    packages: { '@snowplow/browser-tracker': '4.10.1' },
  },
  {
    name: 'analytics',
    title: 'analytics 0.8',
    adapter: true,
    react: ['Link'],
    packages: { analytics: '0.8.19', 'use-analytics': '1.1.0' },
  },
  {
    name: 'posthog',
    title: 'PostHog 1.449',
    react: ['Impression'],
    packages: { 'posthog-js': '1.449.2', '@posthog/react': '1.11.1' },
  },
]

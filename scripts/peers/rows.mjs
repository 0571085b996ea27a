import { measureClose, measureDropped, measureLinks, measureStart, measureStream } from './measure.mjs'
import { measureSize } from './size.mjs'

/** @typedef {import('./measure.mjs').Figures} Figures */
/** @typedef {import('./candidates.mjs').Candidate} Candidate */

/**
 * A group is measured at once. Each of its rows says which figures it shows, with how many digits, and what they mean.
 * @typedef {object} Row
 * @property {string} what
 * @property {readonly string[]} keys
 * @property {number} digits
 * @property {string} means
 */
/** @typedef {{ readonly rounds: number, readonly of: (candidate: Candidate) => unknown, readonly measure: (bench: import('./measure.mjs').Bench, candidate: Candidate) => Promise<Figures>, readonly rows: readonly Row[] }} Group */

const links = (/** @type {string} */ kind) => ['mount', 'render', 'bytes'].map((what) => what + kind)

/** @type {{ readonly [name: string]: Group }} */
export const groups = {
  size: {
    rounds: 1,
    of: ({ adapter, react }) => adapter ?? react,
    measure: (_, candidate) => measureSize(candidate),
    rows: [
      {
        what: 'tracker and own delivery, kB brotli: first page / with what loads later',
        keys: ['tracker', 'trackerAll'],
        digits: 1,
        means:
          'Bundled by Vite in production mode; each chunk is compressed alone. The first page is the entry and its static imports.',
      },
      {
        what: 'React set-up, kB brotli: first page / with what loads later',
        keys: ['react', 'reactAll'],
        digits: 1,
        means: 'Provider, one tracked link and the tracker without a destination; React is not counted.',
      },
    ],
  },
  start: {
    rounds: 5,
    of: ({ adapter }) => adapter,
    measure: measureStart,
    rows: [
      {
        what: 'evaluate and create, ms: main thread / until ready',
        keys: ['task', 'ready'],
        digits: 1,
        means:
          'In a new browser context: from before the bundle is evaluated until the task that calls `create` has ended, with its microtasks, and until the library says that it is ready.',
      },
    ],
  },
  track: {
    rounds: 3,
    of: ({ adapter }) => adapter,
    measure: measureStream,
    rows: [
      {
        what: 'one `track` at 1,000 a second, µs: mean / median',
        keys: ['mean', 'median'],
        digits: 1,
        means:
          'What the caller waits for, over 5,000 events in five seconds, stored and delivered by default options.',
      },
      {
        what: 'all main-thread CPU of one event, µs',
        keys: ['cpu'],
        digits: 0,
        means:
          'The CPU time that Chromium accounts to the main thread until the last event has arrived, without what the same page spends without events.',
      },
      {
        what: 'body of one event in batches of ten and more, bytes',
        keys: ['body'],
        digits: 0,
        means: 'Bytes on the wire; 250 of them are its properties.',
      },
      {
        what: '5,000 events in 5 s, network fine: arrived',
        keys: ['arrived'],
        digits: 0,
        means:
          'Distinct events that the server has received when none has come for 12 seconds, or after a minute.',
      },
    ],
  },
  dropped: {
    rounds: 3,
    of: ({ name }) => name === 'this',
    measure: measureDropped,
    rows: [
      {
        what: 'a `track` that once-per-session drops, µs: mean / median',
        keys: ['droppedMean', 'droppedMedian'],
        digits: 1,
        means: 'The same calls, of an event that was already counted in this session.',
      },
    ],
  },
  close: {
    rounds: 3,
    of: ({ adapter }) => adapter,
    measure: measureClose,
    rows: [
      {
        what: '100 events, tab closed in the same task: arrived / after reopening',
        keys: ['atClose', 'later'],
        digits: 0,
        means:
          'One task calls `track` 100 times and closes the tab; then the page is opened again, and tracks one event.',
      },
    ],
  },
  links: {
    rounds: 3,
    of: ({ react }) => react,
    measure: measureLinks,
    rows: [
      {
        what: '1,000 links, ratio to plain `<a>`: mount / re-render / bytes a link',
        keys: links('Link'),
        digits: 1,
        means:
          'Both kinds are rendered in turns on one page, the lower quartile of 41 rounds; bytes are JavaScript heap after garbage collection.',
      },
      {
        what: '1,000 `Impression`s, ratio to plain `<a>`: mount / re-render / bytes each',
        keys: links('Impression'),
        digits: 1,
        means: 'The same for a link whose visibility is watched.',
      },
    ],
  },
}

import { expect, it } from 'vitest'
import { anomalyInWords, noticedInWords } from '../../../src/devtools/journey/words.ts'
import { afterInWords } from '../../../src/plan/words/after-in-words.ts'

it.each([
  [{ event: 'faq_opened' }, 'once per session, when faq_opened happens'],
  [
    { event: 'faq_opened', times: 2, within: 'session' },
    'once per session, when faq_opened has happened twice',
  ],
  [{ event: 'faq_opened', within: '7d' }, 'when faq_opened happens, at most once in 7 days'],
  [
    { event: 'faq_opened', times: 3, within: '24h' },
    'when faq_opened has happened 3 times in 1 day, at most once in that time',
  ],
  [
    { event: 'pricing_clicked', without: 'form_start', within: '3d' },
    'when form_start does not follow pricing_clicked within 3 days',
  ],
] as const)('a derived event fires %o: %s', (after, words) => {
  expect(afterInWords(after)).toBe(words)
})

it('an event that waits for nothing to happen says when the tracker notices it', () => {
  expect(noticedInWords({ event: 'a', without: 'b', within: '3d' })).toMatch(/next page that the user opens/)
  expect(noticedInWords({ event: 'a' })).toBe('')
})

it.each([
  [
    { kind: 'skipped-step', funnel: 'demo', missing: 'form_start' },
    'came before form_start, which the funnel demo expects first',
  ],
  [
    { kind: 'missing-start', funnel: 'demo', missing: 'page_view' },
    'ended the funnel demo, whose first step, page_view, never happened',
  ],
  [{ kind: 'double-macro' }, 'is a macro conversion, and fired twice in this session'],
] as const)('an anomaly, after the name of its event: %o', (anomaly, words) => {
  expect(anomalyInWords(anomaly)).toBe(words)
})

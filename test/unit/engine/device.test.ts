import { expect, test } from 'vitest'
import { deviceOf, isBot } from '../../../src/engine/who/device.ts'
import type { Surroundings } from '../../../src/platform/platform.ts'

const desktop: Surroundings = {
  viewport: { width: 1280, height: 720 },
  screenMin: 1080,
  coarsePointer: false,
  language: 'de-CH',
  timeZone: 'Europe/Zurich',
  userAgent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  automated: false,
}

test.each([
  ['a laptop', { coarsePointer: false, screenMin: 800 }, 'desktop'],
  ['a laptop with a small window', { coarsePointer: false, screenMin: 500 }, 'desktop'],
  ['a telephone', { coarsePointer: true, screenMin: 412 }, 'mobile'],
  ['a large telephone', { coarsePointer: true, screenMin: 599 }, 'mobile'],
  ['a small tablet', { coarsePointer: true, screenMin: 600 }, 'tablet'],
])('%s', (_, surroundings, expected) => {
  expect(deviceOf({ ...desktop, ...surroundings })).toEqual({
    class: expected,
    viewport: { width: 1280, height: 720 },
    language: 'de-CH',
    timeZone: 'Europe/Zurich',
  })
})

test.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0)',
  'AdsBot-Google (+http://www.google.com/adsbot.html)',
  'Mozilla/5.0 AppleWebKit/537.36; compatible; GPTBot/1.2',
  'Mozilla/5.0 (compatible; Baiduspider/2.0)',
  'Mozilla/5.0 (compatible; Yahoo! Slurp)',
  'Mozilla/5.0 (Macintosh) AppleWebKit/537.36 Chrome-Lighthouse',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0.0.0 Safari/537.36',
  'Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)',
])('a bot: %s', (userAgent) => {
  expect(isBot({ ...desktop, userAgent })).toBe(true)
})

test.each([
  desktop.userAgent,
  'Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
  '',
])('a person: %s', (userAgent) => {
  expect(isBot({ ...desktop, userAgent })).toBe(false)
  expect(isBot({ ...desktop, userAgent, automated: true })).toBe(true)
})

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser, Page, Route } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '../support/bundle.ts'
import { launch } from '../support/launch.ts'
import { vimeoFrame, wistiaScript, youtubeApi, youtubeFrame } from '../support/player-stubs.ts'
import type { PlayersPage } from '../support/players-page.tsx'
import { serve } from '../support/serve.ts'

declare global {
  var players: PlayersPage
}

let browser: Browser
let server: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  server = await serve({
    '/': '<!doctype html><title>Players</title><div id="root"></div><script type="module" src="/page.js"></script>',
    '/page.js': await bundle('test/support/players-page.tsx', 'development'),
  })
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

const teaser = readFileSync(resolve('test/fixtures/teaser.webm'))

/** A part of the video: without parts, a browser cannot jump in it. */
function part(route: Route) {
  const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(route.request().headers()['range'] ?? '') ?? []
  const last = to ? Number(to) : teaser.length - 1
  const range = `bytes ${from}-${last}/${teaser.length}`
  return route.fulfill({
    status: 206,
    headers: { 'content-type': 'video/webm', 'accept-ranges': 'bytes', 'content-range': range },
    body: teaser.subarray(Number(from), last + 1),
  })
}

function answer(route: Route) {
  const { hostname, pathname } = new URL(route.request().url())
  if (pathname === '/teaser.webm') return part(route)
  if (pathname === '/iframe_api') return route.fulfill({ contentType: 'text/javascript', body: youtubeApi })
  if (hostname === 'fast.wistia.com')
    return route.fulfill({ contentType: 'text/javascript', body: wistiaScript })
  const body = hostname === 'player.vimeo.com' ? vimeoFrame : youtubeFrame
  return route.fulfill({ contentType: 'text/html', body })
}

const marks = (page: Page) =>
  page.evaluate(() => players.events.map(({ properties }) => properties['video_mark']))

test.each(['youtube', 'vimeo', 'wistia'])(
  '%s passes the marks that were played, and none by a jump',
  async (player) => {
    const page = await browser.newPage()
    await page.route(({ hostname }) => hostname !== '127.0.0.1', answer)
    await page.goto(`${server.url}?player=${player}`)
    await page.getByTestId('player').waitFor()
    // In the page: on a busy machine, a video plays past the next mark while a driver asks for its position.
    await page.evaluate(async () => {
      const media = document.querySelector('[data-testid=player]') as HTMLMediaElement
      const until = (condition: () => boolean) =>
        new Promise<void>((done) => {
          const timer = setInterval(() => {
            if (!condition()) return
            clearInterval(timer)
            done()
          }, 10)
        })
      await until(() => media.duration > 3)
      void media.play()
      await until(() => media.currentTime > 1.01)
      media.currentTime = 3.7
      await until(() => media.currentTime >= 3.7)
    })
    await expect.poll(() => marks(page)).toEqual(['start', '25%', 'complete'])
    const [last] = await page.evaluate(() => players.events.slice(-1).map(({ properties }) => properties))
    expect(last).toMatchObject({ video_provider: player, video_duration: expect.closeTo(4, 0), muted: true })
    expect(Number(last?.['watched_seconds'])).toBeLessThan(2.5)
    await page.context().close()
  },
)

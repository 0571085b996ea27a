import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser, Frame, Page } from 'playwright'
import type { EmbedsPage } from './embeds-page.tsx'

declare global {
  var embeds: EmbedsPage
}

/** Cal.com's own script, as `@calcom/embed-react` loads it. */
const calScript = readFileSync(resolve('node_modules/@calcom/embed-core/dist/embed/embed.js'), 'utf8')

/** What the script that `@intercom/messenger-js-sdk` loads does with its queue, as far as it concerns `onShow`. */
const intercomScript = `{
  const shown = []
  const call = (method, callback) => {
    if (method === 'onShow') shown.push(callback)
    if (method === 'show') for (const each of shown) each()
  }
  for (const [method, callback] of window.Intercom?.q ?? []) call(method, callback)
  window.Intercom = call
}`

/** Opens a scene of the page. Each service is an empty page on its own origin, which tests let speak. */
export async function openEmbeds(browser: Browser, url: string, query: string): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) => {
      const { pathname, hostname } = new URL(route.request().url())
      const isScript = route.request().resourceType() === 'script'
      const body = !isScript ? '<!doctype html>' : hostname.includes('intercom') ? intercomScript : calScript
      return route.fulfill({
        contentType: isScript ? 'text/javascript' : pathname.endsWith('.css') ? 'text/css' : 'text/html',
        body: pathname.endsWith('.css') ? '' : body,
      })
    },
  )
  await page.goto(`${url}?${query}`)
  return page
}

/** Resolves to the frame whose address has the text, once it is on its own origin. */
export async function frameOf(page: Page, address: string): Promise<Frame> {
  const found = () =>
    page.frames().find((frame) => frame !== page.mainFrame() && frame.url().includes(address))
  for (;;) {
    const frame = found()
    if (frame) {
      await frame.waitForLoadState()
      return frame
    }
    await page.waitForEvent('frameattached', { timeout: 500 }).catch(() => {})
  }
}

/** The frame sends a message to the page around it. */
export const say = (frame: Frame, message: object) =>
  frame.evaluate((data) => void parent.postMessage(data, '*'), message)

/** Adds a frame of another origin, as of an advertisement, to the page. */
export async function foreignFrame(page: Page, inside = 'body'): Promise<Frame> {
  await page.evaluate((selector) => {
    const frame = document.createElement('iframe')
    frame.src = 'https://evil.test/forger'
    document.querySelector(selector)?.append(frame)
  }, inside)
  return frameOf(page, 'evil.test')
}

/** The events that reached the destination, in short. */
export const sent = (page: Page) =>
  page.evaluate(() =>
    embeds.events.map(
      ({ name, properties }) => `${name} ${properties['form_name'] ?? properties['chat_name']}`,
    ),
  )

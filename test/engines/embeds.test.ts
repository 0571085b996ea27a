import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { bundle } from '../support/bundle.ts'
import {
  calendlyMessages,
  calMessages,
  hubspotFormMessages,
  hubspotMeetingMessages,
  personal,
  typeformMessages,
} from '../support/embed-messages.ts'
import { engines, launchEngine } from '../support/engines/launch-engine.ts'
import { serve } from '../support/serve.ts'
import type { StubEmbedsPage } from '../support/stub-embeds-page.tsx'

declare global {
  var stubEmbeds: StubEmbedsPage
}

/** The messages of each embed, in an order that its service may send them in. */
const messages: Readonly<Record<string, readonly object[]>> = {
  first: Object.values(calendlyMessages),
  second: [calendlyMessages.booked],
  cal: Object.values(calMessages),
  meetings: Object.values(hubspotMeetingMessages),
  survey: Object.values(typeformMessages),
}
const { failure, submit, ofAnother, success, malformed } = hubspotFormMessages
const contact = [failure, submit, ofAnother, success, malformed]

const scheduler = ['form_calendar', 'meeting_booked']
const events = {
  first: ['form_calendar', 'form_slot', 'meeting_booked'],
  second: scheduler,
  cal: [...scheduler, 'meeting_failed'],
  meetings: scheduler,
  survey: ['form_start', 'form_step', 'form_submit', 'form_success'],
  contact: ['form_failure', 'form_start', 'form_submit', 'form_success'],
}

/** Messages of each adapter's service that the forger sends, and those of the service itself that are malformed. */
const ignored = {
  first: { origin: 5, malformed: 1 },
  second: { origin: 5, malformed: 0 },
  cal: { origin: 4, malformed: 1 },
  meetings: { origin: 2, malformed: 1 },
  survey: { origin: 4, malformed: 1 },
  contact: { origin: 4, malformed: 1 },
}

/** A page that sends back what it gets: each frame speaks with the origin of its server. */
const echo = `<!doctype html><title>Echo</title><script>addEventListener('message', ({ data }) => parent.postMessage(data, '*'))</script>`

describe.each(engines)('%s', (engine) => {
  let servers: readonly Awaited<ReturnType<typeof serve>>[] = []
  let browser: Browser
  beforeAll(async () => {
    const html = `<!doctype html><title>Embeds</title><link rel="icon" href="data:,"><style>iframe { width: 200px; height: 60px }</style>
      <div id="root"></div><script type="module" src="/page.js"></script>`
    const script = await bundle('test/support/stub-embeds-page.tsx', 'development')
    servers = await Promise.all([
      serve({ '/': html, '/page.js': script }),
      serve({ '/': echo }),
      serve({ '/': echo }),
    ])
    browser = await launchEngine(engine)
  })
  afterAll(async () => {
    await browser?.close()
    for (const server of servers) await server[Symbol.asyncDispose]()
  })

  async function open(consent: string): Promise<Page> {
    const [site, service, forger] = servers.map(({ url }) => url)
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(`${site}?service=${service}&forger=${forger}&consent=${consent}`)
    return page
  }

  test('each service is read from its own frame, a forger is ignored and counted, and nothing personal is kept', async () => {
    const page = await open('granted')
    await page.getByRole('button', { name: 'Mount again' }).click()
    const all = [...Object.values(messages).flat(), ...contact]
    await page.evaluate((every) => stubEmbeds.say('forger', every), all)
    // HubSpot's meetings say nothing when they have loaded: theirs may be in view already.
    const forged = Object.keys(await page.evaluate(() => stubEmbeds.arrived()))
    expect(forged.filter((embed) => embed !== 'meetings')).toEqual([])
    for (const [title, own] of Object.entries(messages))
      await page.evaluate(({ title, own }) => stubEmbeds.say(title, own), { title, own })
    // HubSpot's script is in the page itself.
    await page.evaluate((own) => own.forEach((message) => postMessage(message, location.origin)), contact)
    await expect.poll(() => page.evaluate(() => stubEmbeds.arrived())).toEqual(events)
    await expect.poll(() => page.evaluate(() => stubEmbeds.ignored())).toEqual(ignored)
    await page.evaluate(() => stubEmbeds.tracker.flush())
    const kept = await page.evaluate(() => stubEmbeds.kept())
    for (const text of personal) expect(kept).not.toContain(text)
  })

  test('before consent nothing of it is stored or sent, and then each event once', async () => {
    const page = await open('pending')
    const { first = [], survey = [] } = messages
    await page.evaluate((own) => stubEmbeds.say('first', own), first)
    await page.evaluate((own) => stubEmbeds.say('survey', own), survey)
    const storage = () => page.evaluate(() => localStorage.length + sessionStorage.length)
    expect(await page.evaluate(() => stubEmbeds.arrived())).toEqual({})
    expect(await storage()).toBe(0)
    await page.evaluate(() => stubEmbeds.tracker.consent.update('granted'))
    await expect
      .poll(() => page.evaluate(() => stubEmbeds.arrived()))
      .toMatchObject({ first: events.first, survey: events.survey })
  })
})

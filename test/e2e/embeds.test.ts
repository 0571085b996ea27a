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
import { launch } from '../support/launch.ts'
import { foreignFrame, frameOf, openEmbeds, say, sent } from '../support/open-embeds.ts'
import { serve } from '../support/serve.ts'

let browser: Browser
let server: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  server = await serve({
    '/': `<!doctype html><title>Embeds</title><style>iframe { width: 400px !important; height: 300px !important }</style>
      <div id="root"></div><script type="module" src="/page.js"></script>`,
    '/page.js': await bundle('test/support/embeds-page.tsx', 'development', {
      'real-intercom': '@intercom/messenger-js-sdk',
    }),
  })
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

/** Opens a scene, and in the end looks for personal data in all that the page keeps and sends. */
async function open(scene: string, more = ''): Promise<Page> {
  const page = await openEmbeds(browser, server.url, `scene=${scene}${more}`)
  onTestFinished(async () => {
    await page.evaluate(() => embeds.tracker.flush())
    const all = await page.evaluate(() =>
      JSON.stringify([
        embeds.events,
        embeds.tracker.record.get(),
        { ...localStorage },
        { ...sessionStorage },
      ]),
    )
    await page.context().close()
    for (const text of personal) expect(all).not.toContain(text)
  })
  return page
}

const ignored = (page: Page, name: string) => page.evaluate((embed) => embeds.seen.ignored[embed]?.(), name)

const properties = (page: Page, event: string) =>
  page.evaluate((name) => embeds.events.find((one) => one.name === name)?.properties, event)

describe('schedulers', () => {
  test('Calendly: opened, slot, booked, each once, under StrictMode and after a re-mount', async () => {
    const page = await open('calendly')
    const frame = await frameOf(page, 'calendly.com')
    for (const message of [calendlyMessages.ready, calendlyMessages.height, calendlyMessages.ready])
      await say(frame, message)
    await expect.poll(() => sent(page)).toEqual(['form_calendar demo'])
    await page.getByRole('button', { name: 'Mount again' }).click()
    const again = await frameOf(page, 'calendly.com')
    for (const message of [calendlyMessages.ready, calendlyMessages.slot, calendlyMessages.booked])
      await say(again, message)
    await say(again, calendlyMessages.booked)
    await expect
      .poll(() => sent(page))
      .toEqual(['form_calendar demo', 'form_slot demo', 'meeting_booked demo'])
    // A second meeting in the same embed.
    await say(again, calendlyMessages.slot)
    await say(again, calendlyMessages.booked)
    await expect
      .poll(async () => (await sent(page)).slice(3))
      .toEqual(['form_calendar demo', 'form_slot demo', 'meeting_booked demo'])
    expect(await ignored(page, 'demo')).toEqual({ origin: 0, malformed: 0 })
  })

  test('ignores and counts forged origins and malformed messages', async () => {
    const page = await open('calendly')
    const frame = await frameOf(page, 'calendly.com')
    const forger = await foreignFrame(page, '#root div div')
    await say(forger, calendlyMessages.booked)
    await page.evaluate((message) => window.postMessage(message, '*'), calendlyMessages.booked)
    await say(frame, calendlyMessages.malformed)
    await say(frame, { event: 'other' })
    await expect.poll(() => ignored(page, 'demo')).toEqual({ origin: 2, malformed: 1 })
    await say(frame, calendlyMessages.slot)
    await expect.poll(() => sent(page)).toEqual(['form_calendar demo', 'form_slot demo'])
  })

  test('two embeds of one page are told apart', async () => {
    const page = await open('two')
    await say(await frameOf(page, 'acme/second'), calendlyMessages.booked)
    await expect.poll(() => sent(page)).toEqual(['form_calendar second', 'meeting_booked second'])
    await say(await frameOf(page, 'acme/first'), calendlyMessages.slot)
    await expect
      .poll(async () => (await sent(page)).slice(2))
      .toEqual(['form_calendar first', 'form_slot first'])
  })

  test('a pop-up outside of the component is observed without a ref', async () => {
    const page = await open('popup')
    await page.evaluate(() => {
      const frame = document.createElement('iframe')
      frame.src = 'https://calendly.com/acme/overlay'
      document.body.append(frame)
    })
    await say(await frameOf(page, 'acme/demo'), calendlyMessages.slot)
    await expect.poll(() => sent(page)).toEqual(['form_calendar demo', 'form_slot demo'])
    await say(await frameOf(page, 'acme/overlay'), calendlyMessages.ready)
    await expect.poll(async () => (await sent(page)).slice(2)).toEqual(['form_calendar popup'])
  })

  test('a calendar below the fold is not opened until it is in view', async () => {
    const page = await open('calendly')
    await page.addStyleTag({ content: '#root { padding-top: 3000px }' })
    await say(await frameOf(page, 'calendly.com'), calendlyMessages.ready)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    expect(await sent(page)).toEqual([])
    await page.mouse.wheel(0, 5_000)
    await expect.poll(() => sent(page)).toEqual(['form_calendar demo'])
  })

  test('waits for consent, and sends nothing before it', async () => {
    const page = await open('calendly', '&consent=pending')
    await say(await frameOf(page, 'calendly.com'), calendlyMessages.booked)
    const held = () =>
      page.evaluate(() => embeds.tracker.record.get().decisions.map(({ outcome }) => outcome))
    await expect.poll(held).toEqual(['held', 'held'])
    expect(await sent(page)).toEqual([])
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
    await page.evaluate(() => embeds.tracker.consent.update('granted'))
    await expect.poll(() => sent(page)).toEqual(['form_calendar demo', 'meeting_booked demo'])
  })

  test('the real embed of Cal.com: type and duration of the meeting, and a forged message that its API believes', async () => {
    const page = await open('cal')
    const frame = await frameOf(page, 'cal.com/acme/demo/embed')
    const forger = await foreignFrame(page)
    await say(forger, calMessages.booked)
    await expect.poll(() => ignored(page, 'cal')).toEqual({ origin: 1, malformed: 0 })
    for (const message of [calMessages.ready, calMessages.older, calMessages.booked, calMessages.malformed])
      await say(frame, message)
    await expect.poll(() => sent(page)).toEqual(['form_calendar cal', 'meeting_booked cal'])
    expect(await properties(page, 'meeting_booked')).toMatchObject({
      scheduler_provider: 'cal.com',
      meeting_type: '77',
      meeting_minutes: 30,
    })
    await expect.poll(() => ignored(page, 'cal')).toEqual({ origin: 1, malformed: 1 })
  })

  test('meetings of HubSpot: opened once in view, and booked', async () => {
    const page = await open('meetings')
    const frame = await frameOf(page, 'meetings.hubspot.com')
    await expect.poll(() => sent(page)).toEqual(['form_calendar meetings'])
    await say(frame, hubspotMeetingMessages.malformed)
    await say(frame, hubspotMeetingMessages.booked)
    await expect.poll(() => sent(page)).toEqual(['form_calendar meetings', 'meeting_booked meetings'])
    expect(await properties(page, 'meeting_booked')).toMatchObject({
      meeting_type: 'PERSONAL_LINK',
      meeting_minutes: 30,
    })
  })

  test('a scheduler in a form reports the calendar and the slot of the form', async () => {
    const page = await open('form')
    await page.getByLabel('Company').fill('ACME')
    await say(await frameOf(page, 'acme/slots'), calendlyMessages.slot)
    await expect.poll(() => sent(page)).toEqual(['form_start demo', 'form_calendar demo', 'form_slot demo'])
  })
})

describe('embedded forms', () => {
  test('the real embed of Typeform: start, steps, submission, success', async () => {
    const page = await open('survey')
    const frame = await frameOf(page, 'form.typeform.com')
    const embedId = new URL(frame.url()).searchParams.get('typeform-embed-id')
    const { started, step, submitted, malformed } = typeformMessages
    const second = { ...step, ref: 'question-2' }
    const ending = { ...step, ref: 'thanks' }
    for (const message of [step, started, second, step, malformed, submitted, submitted, ending])
      await say(frame, { ...message, embedId })
    await expect
      .poll(() => sent(page))
      .toEqual(
        ['form_step', 'form_start', 'form_step', 'form_step', 'form_submit', 'form_success'].map(
          (name) => `${name} survey`,
        ),
      )
    expect(await properties(page, 'form_success')).toMatchObject({ step_name: 'question-1', step_index: 1 })
    const steps = await page.evaluate(() =>
      embeds.events
        .filter(({ name }) => name === 'form_step')
        .map(({ properties: { step_name, step_direction } }) => `${step_name} ${step_direction}`),
    )
    expect(steps).toEqual(['question-1 forward', 'question-2 forward', 'question-1 back'])
    await say(await foreignFrame(page), { ...submitted, embedId })
    await expect.poll(() => ignored(page, 'survey')).toEqual({ origin: 1, malformed: 1 })
  })

  test('a form of HubSpot: starts with the first input, fails, succeeds', async () => {
    const page = await open('contact')
    const own = (message: object) =>
      page.evaluate((data) => window.postMessage(data, location.origin), message)
    await say(await foreignFrame(page), hubspotFormMessages.success)
    await expect.poll(() => ignored(page, 'contact')).toEqual({ origin: 1, malformed: 0 })
    await page.getByLabel('Email').fill(personal[0])
    await own(hubspotFormMessages.failure)
    for (const message of [
      hubspotFormMessages.submit,
      hubspotFormMessages.ofAnother,
      hubspotFormMessages.success,
    ])
      await own(message)
    await expect
      .poll(() => sent(page))
      .toEqual(['form_start', 'form_failure', 'form_submit', 'form_success'].map((name) => `${name} contact`))
    expect(await properties(page, 'form_failure')).toMatchObject({ error_code: 'validation' })
  })

  test('a form of HubSpot from the updated editor', async () => {
    const page = await open('contact')
    await page.evaluate((email) => {
      const event = (name: string) =>
        window.dispatchEvent(
          new CustomEvent(`hs-form-event:${name}`, { detail: { formId: 'a1b2', instanceId: 'i', email } }),
        )
      event('on-interaction:navigate')
      event('on-submission:success')
    }, personal[0])
    await expect
      .poll(() => sent(page))
      .toEqual(['form_step', 'form_start', 'form_submit', 'form_success'].map((name) => `${name} contact`))
  })
})

test('chats: the real package of Intercom, and the conversations of HubSpot that load later', async () => {
  const page = await open('chats')
  await page.getByRole('button', { name: 'Mount again' }).click()
  await page.evaluate(async () => {
    const { Intercom } = window as unknown as { Intercom: (method: string) => void }
    Intercom('show')
    Intercom('show')
  })
  await expect.poll(() => sent(page)).toEqual(['chat_opened support'])
  await page.evaluate((email) => {
    const listeners: [string, (payload: object) => void][] = []
    const page = window as unknown as { HubSpotConversations: object; hsConversationsOnReady: (() => void)[] }
    page.HubSpotConversations = {
      on: (event: string, listener: () => void) => listeners.push([event, listener]),
      off() {},
    }
    for (const ready of page.hsConversationsOnReady) ready()
    const fire = (name: string) => {
      for (const [event, listener] of listeners)
        if (event === name) listener({ conversation: { conversationId: email } })
    }
    fire('userInteractedWithWidget')
    fire('conversationStarted')
    fire('conversationStarted')
  }, personal[0])
  await expect
    .poll(() => sent(page))
    .toEqual(['chat_opened support', 'chat_opened sales', 'chat_started sales'])
})

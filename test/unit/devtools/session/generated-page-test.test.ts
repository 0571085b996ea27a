// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import { handleOf } from '../../../../src/devtools/session/element-handle.ts'
import type { TestOptions } from '../../../../src/devtools/session/generated-test.ts'
import { playwrightTest, storybookPlay } from '../../../../src/devtools/session/page-test.ts'
import { type Session, sessionOf } from '../../../../src/devtools/session/session-file.ts'
import { definePlan } from '../../../../src/plan/define-plan.ts'
import { event } from '../../../../src/plan/event.ts'
import { createManualPlatform } from '../../../../src/testing/manual-platform.ts'
import { MADE } from '../../../support/recorded-session.ts'
import { openTracker } from '../../../support/tracking.ts'

const find = (selector: string) => document.querySelector(selector) ?? undefined

/** A session in which an element was clicked twice, and counts once. */
function clickedTwice(name: string, path: string): Session {
  const plan = definePlan({
    name,
    version: '1',
    events: { pricing_clicked: event({ frequency: 'once-per-session' }) },
  })
  const { tracker } = openTracker(plan, { platform: createManualPlatform({ path, now: MADE }) })
  tracker.page({ path })
  tracker.track('pricing_clicked')
  tracker.track('pricing_clicked')
  const session = sessionOf(tracker.record.get(), plan, { made: MADE })
  const trigger = { component: 'PricingLink', fact: 'click' }
  return { ...session, decisions: session.decisions.map((decision) => ({ ...decision, trigger })) }
}

const numbersOf = ({ decisions }: Session) => decisions.map(({ number }) => number)

describe('a generated test of a page', () => {
  // These files run: the first with the Playwright fixture, the second as the play function of a story.
  test('for Playwright clicks what was clicked, and asserts with the fixture', async () => {
    document.body.innerHTML = '<button>Pricing</button>'
    const session = clickedTwice('shop', '/held')
    const code = playwrightTest(session, numbersOf(session), { elementOf: () => find('button') })
    await expect(code).toMatchFileSnapshot('../../../generated/playwright.spec.ts')
  })

  // These fail, and say why: the end-to-end test of the fixture runs them.
  test('for Playwright expects what happened at its time, or what is missing', async () => {
    document.body.innerHTML = '<button>Pricing</button>'
    const session = clickedTwice('shop', '/held')
    const [first, second] = session.decisions
    if (!first || !second) throw new Error('nothing was attempted')
    const countedTwice = { ...session, decisions: [first, { ...first, number: second.number }] }
    const options = { elementOf: () => find('button') }
    const changed = playwrightTest(countedTwice, numbersOf(countedTwice), options)
    await expect(changed).toMatchFileSnapshot('../../../generated/playwright-changed.spec.ts')
    const missing = playwrightTest(session, [first.number], { ...options, missing: 'demo_booked' })
    await expect(missing).toMatchFileSnapshot('../../../generated/playwright-missing.spec.ts')
  })

  test('for Storybook clicks what was clicked, and asserts on the overlay', async () => {
    document.body.innerHTML = '<a href="/pricing">See  <b>pricing</b></a>'
    const session = clickedTwice('stories', '/')
    const code = storybookPlay(session, numbersOf(session), { elementOf: () => find('a') })
    await expect(code).toMatchFileSnapshot('../../../generated/storybook-play.ts')
  })

  test('expects what is missing', () => {
    const session = clickedTwice('shop', '/')
    const [first] = session.decisions
    const options = { missing: 'demo_booked' }
    const spec = playwrightTest(session, [first?.number ?? 0], options)
    expect(spec).toContain(`test('demo_booked fires', async`)
    expect(spec).toContain(`await expect(microconversions).toHaveFired('demo_booked')\n})`)
    expect(storybookPlay(session, [1], options)).toContain(
      `expectTracking(session).toHaveFired('demo_booked')`,
    )
  })

  test('submits a form once, and leaves what it cannot know to the tester', () => {
    document.body.innerHTML = '<form><input name="mail"><button>Book a demo</button></form>'
    const session = clickedTwice('shop', '/')
    const facts = ['start', 'submit', 'success', 'impression']
    const [model] = session.decisions
    if (!model) throw new Error('nothing was attempted')
    const decisions = facts.map((fact, index) => ({
      ...model,
      number: index + 1,
      event: `form_${fact}`,
      trigger: { component: 'TrackedForm', fact, attemptId: 'a' },
    }))
    const options: TestOptions = { elementOf: () => find('form') }
    const code = playwrightTest({ ...session, decisions }, [1, 2, 3, 4], options)
    expect(code.slice(code.indexOf('  // 1.'), code.indexOf('  await expect')).trimEnd()).toBe(
      [
        '  // 1. form_start, of TrackedForm (start)',
        '  // Write here what the user does.',
        '  // 2. form_submit, of TrackedForm (submit)',
        '  // Fill in the form here.',
        `  await page.getByRole('button', { name: 'Book a demo', exact: true }).click()`,
        '  // 3. form_success, of TrackedForm (success)',
        '  // 4. form_impression, of TrackedForm (impression)',
        '  // Write here what the user does.',
      ].join('\n'),
    )
    expect(code).toContain(
      `test('form_start fires; form_submit fires; form_success fires; and 1 more event', async`,
    )
  })

  test('says what the answer about consent was', () => {
    const session = clickedTwice('shop', '/')
    const held = session.decisions.map((decision, index) =>
      index === 0
        ? { ...decision, first: { outcome: 'held' as const, reason: 'consent-pending' as const } }
        : decision,
    )
    const code = playwrightTest(
      { ...session, decisions: [...held, ...session.decisions] },
      numbersOf(session),
    )
    expect(code).not.toContain('consent:')
    expect(code).toContain('// Here the answer about consent became: granted.')
  })
})

describe('an element', () => {
  beforeEach(() => {
    document.body.innerHTML = `
      <p id="label">From a label</p>
      <a href="/1">Read more</a> <a href="/2">Read more</a> <a id="named" href="/3" aria-label="Named">x</a>
      <a id="labelled" href="/4" aria-labelledby="label">x</a> <span role="button" id="span">Open</span>
      <input type="submit" value="Send"> <a id="empty" href="/5"><img></a> <video></video>
      <a id="long" href="/6">${'long '.repeat(30)}</a>`
  })

  test.each([
    ['a[href="/2"]', { role: 'link', name: 'Read more', nth: 1 }],
    ['#named', { role: 'link', name: 'Named' }],
    ['#labelled', { role: 'link', name: 'From a label' }],
    ['#span', { role: 'button', name: 'Open' }],
    ['input', { role: 'button', name: 'Send' }],
    ['#empty', undefined],
    ['#long', undefined],
    ['video', undefined],
  ])('%s is found by its role and name: %o', (selector, handle) => {
    expect(handleOf(find(selector))).toEqual(handle)
  })

  test('that has left the page is not found', () => {
    const link = find('a')
    link?.remove()
    expect(handleOf(link)).toBeUndefined()
  })
})

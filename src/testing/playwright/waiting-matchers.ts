import { type MatcherResult, matchers } from '../matchers/matchers.ts'

/** The context in which Playwright's `expect` calls a matcher. */
export interface Situation {
  readonly isNot: boolean
  readonly timeout: number
}

const PAUSE_MS = 50

/** Adds a hint if the decisions of a page that was left are missing. */
function withHint(message: string, received: unknown): string {
  const { cutOff } = received as { readonly cutOff?: () => readonly string[] }
  const urls = cutOff?.() ?? []
  if (urls.length === 0) return message
  return [
    message,
    `Decisions made while this page was left are missing: ${urls.join(', ')}. Its Content-Security-Policy or the browser's Local Network Access keeps them from the fixture.`,
    'Set `bypassCSP: true`, and launch Chromium with --disable-features=LocalNetworkAccessChecks.',
  ].join('\n')
}

type Matcher<Given extends readonly unknown[]> = (received: unknown, ...given: Given) => MatcherResult

/**
 * Repeats the matcher every 50 ms until it passes or the assertion times out. With `not` it runs once: no wait can prove that an
 * event never fires.
 */
function waiting<Given extends readonly unknown[]>(matcher: Matcher<Given>) {
  return async function look(
    this: Situation,
    received: { readonly decisions: () => readonly object[] },
    ...given: Given
  ): Promise<MatcherResult> {
    const end = Date.now() + this.timeout
    let result = matcher(received, ...given)
    while (!(result.pass || this.isNot) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      result = matcher(received, ...given)
    }
    const { pass, message } = result
    return { pass, message: () => (pass ? message() : withHint(message(), received)) }
  }
}

const { toHaveFired, toHaveFiredTimes, toHaveFiredInOrder, toHaveDropped, toHaveBeenHeld, toMatchPlan } =
  matchers

/** The matchers for Playwright's `expect.extend`. */
export const waitingMatchers = {
  toHaveFired: waiting(toHaveFired),
  toHaveFiredTimes: waiting(toHaveFiredTimes),
  toHaveFiredInOrder: waiting(toHaveFiredInOrder),
  toHaveDropped: waiting(toHaveDropped),
  toHaveBeenHeld: waiting(toHaveBeenHeld),
  toMatchPlan: waiting(toMatchPlan),
}

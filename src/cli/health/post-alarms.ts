import type { Health } from '../../report/health/check-health.ts'
import { alarmLine } from '../../report/health/health-text.ts'
import { Failure, messageOf } from '../failure.ts'

const TIMEOUT_MS = 30_000

/** Posts the new alarms, if there are any. Throws a `Failure` if they did not arrive: an alarm that is lost is none. */
export async function postAlarms(url: URL, { plan, alarms }: Health): Promise<void> {
  const fresh = alarms.filter(({ isNew }) => isNew)
  if (fresh.length === 0) return
  const text = [`${plan ?? 'Events'}: ${fresh.length} new`, ...fresh.map(alarmLine)].join('\n')
  const status = await post(url, { text, alarms: fresh })
  if (status < 200 || status > 299)
    throw new Failure(`the webhook at ${url.host} answered ${status}, so that new alarms were not delivered.`)
}

async function post(url: URL, body: object): Promise<number> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await answer.arrayBuffer()
    return answer.status
  } catch (error) {
    throw new Failure(
      `the webhook at ${url.host} did not answer (${messageOf(error)}), so that new alarms were not delivered.`,
    )
  }
}

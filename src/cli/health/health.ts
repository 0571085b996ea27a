import { checkHealth, type Health } from '../../report/health/check-health.ts'
import { healthText } from '../../report/health/health-text.ts'
import type { Call, Command } from '../command.ts'
import { Failure } from '../failure.ts'
import { timeZoneOf } from '../report/checked-options.ts'
import { openGivenStore, storeOptions, storeUsage } from '../report/given-store.ts'
import { postAlarms } from './post-alarms.ts'

export const health: Command = {
  summary: 'whether events still arrive as usual',
  usage: [
    ...storeUsage,
    '--webhook <url>    posts new alarms as { text, alarms }, which Slack and Teams show',
    '--time-zone <name>  of the collector; default UTC',
  ],
  options: { ...storeOptions, webhook: { type: 'string' }, 'time-zone': { type: 'string' } },
  formats: ['text', 'json'],
  takes: 1,
  async run(call) {
    const webhook = webhookOf(call)
    const found = await checked(call)
    call.world.out(call.format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : healthText(found))
    if (webhook) await postAlarms(webhook, found)
    return found.alarms.length > 0 ? 1 : 0
  },
}

async function checked(call: Call): Promise<Health> {
  const { store, plan } = await openGivenStore(call)
  try {
    return await checkHealth(store, { plan, timeZone: timeZoneOf(call) })
  } finally {
    await store.close()
  }
}

function webhookOf(call: Call): URL | undefined {
  const given = call.text('webhook')
  if (given === undefined) return undefined
  if (URL.canParse(given) && /^https?:/.test(given)) return new URL(given)
  throw new Failure(`--webhook "${given}" is no address; it begins with https://.`)
}

import { eventFiles } from '../../src/report/store/event-files.ts'
import { openStore } from '../../src/report/store/open-store.ts'
import { loadEvents } from '../../src/report/tables/load-events.ts'
import { surveyOf } from '../../src/report/tables/survey.ts'

/** Returns the events that a report counts in a folder of the collector, each as often as it counts it. */
export async function eventsRead(
  dir: string,
): Promise<readonly { readonly properties: Readonly<Record<string, unknown>> }[]> {
  if ((await eventFiles(dir)).lines.length === 0) return []
  const store = await openStore(dir, { threads: 1 })
  try {
    const survey = await surveyOf(store)
    const days = survey.flatMap(({ kind, siteDay }) => (kind === 'event' ? [siteDay] : [])).sort()
    const period = { from: days[0] ?? '', to: days.at(-1) ?? '' }
    const once = await loadEvents({ store, plan: null, period, baseline: null, segments: [], survey })
    const rows = await store.query<{ properties: string }>(
      `select any_value(r.properties) as properties from ${once} as e
        join ${store.rows} as r on r.id = e.id and r.name = e.name group by e.id, e.name`,
    )
    const [{ n } = { n: 0 }] = await store.query<{ n: number }>(`select count(*) as n from ${once} as e`)
    if (n !== rows.length) throw new Error(`A report counts ${n} events, of which ${rows.length} differ.`)
    return rows.map(({ properties }) => ({ properties: JSON.parse(properties) }))
  } finally {
    await store.close()
  }
}

import { describe, expect, test } from 'vitest'
import { TRAFFIC_DAYS, unusualTraffic } from '../../../src/report/health/traffic.ts'
import {
  alarmLevel,
  BASELINE_DAYS,
  daysUntilNoticed,
  deviationIn,
} from '../../../src/report/health/volume.ts'
import { type SiteDays, siteDays, typicalRates } from '../../support/site-days.ts'

const level = alarmLevel(typicalRates.length)
/** First day that can be judged. */
const START = TRAFFIC_DAYS

const until = (values: readonly number[], day: number, kept: number) =>
  values.slice(Math.max(0, day + 1 - kept), day + 1)

function deviationOn({ sessions, events }: SiteDays, event: number, day: number) {
  const kept = BASELINE_DAYS + 7
  const counts = until(events[event] as number[], day, kept)
  return deviationIn({ counts, sessions: until(sessions, day, kept) }, level)
}

interface Incident {
  readonly day: number
  readonly about: 'sessions' | number
}

/** Alarms without one in the 7 days before. */
function incidentsIn(site: SiteDays): readonly Incident[] {
  const found: Incident[] = []
  const collect = (about: Incident['about'], isAlarm: (day: number) => boolean) => {
    let latest = Number.NEGATIVE_INFINITY
    for (let day = START; day < site.sessions.length; day++) {
      if (!isAlarm(day)) continue
      if (day - latest > 7) found.push({ day, about })
      latest = day
    }
  }
  collect('sessions', (day) => unusualTraffic(until(site.sessions, day, TRAFFIC_DAYS)) !== null)
  for (const event of site.events.keys()) collect(event, (day) => deviationOn(site, event, day) !== null)
  return found
}

describe('three years of 24 events in which nothing is wrong', () => {
  test.each([
    [3_000, 2],
    [300, 1],
  ])('%i sessions a day: at most %i incidents a month', (sessions, most) => {
    const site = siteDays({ seed: 1, days: START + 3 * 365, sessions, rates: typicalRates })
    expect(incidentsIn(site).length / 36).toBeLessThanOrEqual(most)
  })
})

describe('an event that stops', () => {
  /** Share of sites that see it within so many days. */
  function seen({
    within,
    event,
    sessions,
    factor,
  }: Record<'within' | 'event' | 'sessions' | 'factor', number>) {
    const sites = Array.from({ length: 50 }, (_, seed) => {
      const rate = (day: number, which: number) => (which === event && day >= START ? factor : 1)
      const site = siteDays({ seed, days: START + within, sessions, rates: typicalRates, rate })
      return Array.from({ length: within }, (_, day) => deviationOn(site, event, START + day)).some(Boolean)
    })
    return sites.filter(Boolean).length / sites.length
  }
  const often = 10

  test('is seen on the first day, if it usually happens 20 times', () => {
    expect(300 * (typicalRates[often] as number)).toBeCloseTo(20, 0)
    expect(seen({ within: 1, event: often, sessions: 300, factor: 0 })).toBeGreaterThanOrEqual(0.9)
    expect(seen({ within: 1, event: often, sessions: 3_000, factor: 0 })).toBe(1)
  })

  test('by half is seen within a week', () => {
    expect(seen({ within: 7, event: often, sessions: 300, factor: 0.5 })).toBeGreaterThanOrEqual(0.6)
    expect(seen({ within: 7, event: often, sessions: 3_000, factor: 0.5 })).toBe(1)
  })

  test('would go unnoticed for as long as is foretold', () => {
    const rates = [...typicalRates, 0.001]
    const { sessions, events } = siteDays({ seed: 4, days: START, sessions: 300, rates })
    const days = events.map((counts) => daysUntilNoticed({ counts, sessions }, level))
    expect([days[0], days[often], days[15], days.at(-1)]).toEqual([1, 1, 3, null])
    expect(seen({ within: 1, event: 15, sessions: 300, factor: 0 })).toBeLessThan(0.5)
    expect(seen({ within: 3, event: 15, sessions: 300, factor: 0 })).toBeGreaterThan(0.8)
  })
})

describe('sessions change, and events do not', () => {
  const changes = {
    'a campaign of 1.6 times the sessions for ten days': (day: number) => (day < 80 || day >= 90 ? 1 : 1.6),
    'a consent banner that halves the sessions': (day: number) => (day < 80 ? 1 : 0.5),
  }

  test.each(Object.entries(changes))('%s: one alarm, about sessions', (_, traffic) => {
    const sites = Array.from({ length: 20 }, (_, seed) =>
      siteDays({ seed, days: 110, sessions: 3_000, rates: typicalRates, traffic }),
    )
    const incidents = sites.map((site) => incidentsIn(site).filter(({ day }) => day >= 80))
    const about = incidents.map((each) => each.filter(({ about }) => about === 'sessions').length)
    expect(Math.max(...about)).toBe(1)
    // A day that is low by chance hides some campaigns.
    expect(about.filter((alarms) => alarms === 1).length / sites.length).toBeGreaterThanOrEqual(0.9)
    // The events alarm as seldom as always: all of them would, if their counts were judged alone.
    const others = incidents.flat().filter(({ about }) => about !== 'sessions')
    expect(others.length / sites.length).toBeLessThan(1)
  })
})

import type { Browser } from 'playwright'
import { launchEngine } from '../support/engines/launch-engine.ts'
import { killCollectors, killedInWords } from './killed-collector.ts'
import { inLanes, measure, type Result } from './measure.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { table } from './table.ts'
import { type Word, words } from './words.ts'

/** Most of the time is waiting: a few scenarios at once, each with a server and a profile of its own. */
export const LANES = 3

const KILLS = 20

/** Returns what a killed collector has stored, as a line of Markdown. */
export async function reportKills(): Promise<string> {
  const killed = await killCollectors(KILLS)
  const holds = killed.lost.length === 0 && killed.unreadable === 0
  return `- ${holds ? '' : 'BROKEN: '}${killedInWords(killed)}`
}

/**
 * Every scenario at its full number; a Markdown table and what else was seen. With `only`, the scenarios whose names contain one of
 * these texts, and no more.
 */
export async function reportFaults(only: readonly string[] = []): Promise<string> {
  const browser = await launchEngine('Chromium')
  try {
    const chosen = scenarios.filter(
      ({ name }) => only.length === 0 || only.some((part) => name.includes(part)),
    )
    const results = await inLanes(chosen, LANES, (scenario) => tried(scenario, browser))
    const lines = [
      table(results.flatMap((result) => ('broken' in result ? [] : [result]))),
      '',
      ...results.flatMap((result) => ('broken' in result ? [`- BROKEN: ${result.broken}`] : [])),
    ]
    if (only.length > 0) return lines.join('\n')
    const said: readonly Word[] = await inLanes(words, LANES, ({ say }) => say(browser, 'table'))
    const told = said.map(({ text, holds }) => `- ${holds ? '' : 'BROKEN: '}${text}`)
    return [...lines, ...told, await reportKills()].join('\n')
  } finally {
    await browser.close()
  }
}

/** A scenario that breaks does not end the others. */
async function tried(scenario: Scenario, browser: Browser): Promise<Result | { readonly broken: string }> {
  try {
    return await measure(scenario, 'table', browser)
  } catch (error) {
    return { broken: `${scenario.name}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

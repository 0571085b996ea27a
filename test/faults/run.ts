import { launchEngine } from '../support/engines/launch-engine.ts'
import { inLanes, measure, type Result } from './measure.ts'
import { scenarios } from './scenarios.ts'
import { table } from './table.ts'
import { type Word, words } from './words.ts'

/** Most of the time is waiting: a few scenarios at once, each with a server and a profile of its own. */
export const LANES = 3

/** Every scenario at its full number; a Markdown table and what else was seen. */
export async function reportFaults(): Promise<string> {
  const browser = await launchEngine('Chromium')
  try {
    const results: readonly Result[] = await inLanes(scenarios, LANES, (scenario) =>
      measure(scenario, 'table', browser),
    )
    const said: readonly Word[] = await inLanes(words, LANES, ({ say }) => say(browser, 'table'))
    const told = said.map(({ text, holds }) => `- ${holds ? '' : 'BROKEN: '}${text}`)
    return [table(results), '', ...told].join('\n')
  } finally {
    await browser.close()
  }
}

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { expect, onTestFinished, test } from 'vitest'
import { toHtml } from '../../src/report/html/to-html.ts'
import { launch } from '../support/launch.ts'
import { HOSTILE, hostileReport } from '../support/report/hostile-report.ts'
import { temporaryFolder } from '../support/start-collector-process.ts'

test('the HTML report opens under its policy: no request, no script, nothing for axe to say', async () => {
  const address = pathToFileURL(join(temporaryFolder(), 'report.html'))
  writeFileSync(address, toHtml(await hostileReport()))
  const browser = await launch()
  onTestFinished(() => browser.close())
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1_000, height: 800 } })
    const [requests, said]: [string[], string[]] = [[], []]
    page.on('request', (request) => requests.push(request.url()))
    page.on('console', (message) => said.push(message.text()))
    page.on('dialog', (dialog) => said.push(dialog.message()))
    await page.goto(address.href)
    await page.getByRole('rowheader', { name: HOSTILE }).first().waitFor()
    await page.evaluate(axe.source)
    const violations = await page.evaluate(async () => {
      const { axe: checker } = globalThis as unknown as { axe: typeof axe }
      return (await checker.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    })
    expect({ violations, requests, said }).toEqual({ violations: [], requests: [address.href], said: [] })
  }
})

import { stderr } from 'node:process'
import { chromium } from 'playwright'
import { browserArgs, ensureBrowser } from '../browser.mjs'
import { ensureBuilt } from '../dist.mjs'
import { bundle } from './bundle.mjs'
import { candidates as known } from './candidates.mjs'
import { ensureInstalled } from './install.mjs'
import { groups } from './rows.mjs'
import { startServer } from './server.mjs'
import { tableOf } from './table.mjs'

/** @param {import('./candidates.mjs').Candidate} candidate */
async function appsOf({ name, adapter, react = [] }) {
  /** @type {[name: string, files: ReadonlyMap<string, string>][]} */
  const apps = []
  if (adapter) apps.push([name, (await bundle(`export { create } from './${name}.js'`)).files])
  if (!react.length) return apps
  const missing = ['Link', 'Impression'].filter((kind) => !react.some((own) => own === kind))
  const code = `export * from './rendering.js'
    export * as plain from './plain-react.js'
    export * from './${name}-react.js'
    ${missing.map((kind) => `export const ${kind} = undefined`).join('\n')}`
  return [...apps, /** @type {const} */ ([`${name}-react`, (await bundle(code)).files])]
}

/** A page that crashes has no figures in this round. */
async function attempt(/** @type {() => Promise<import('./measure.mjs').Figures>} */ measure) {
  try {
    return await measure()
  } catch (error) {
    stderr.write(`${error}\n`)
    return {}
  }
}

/**
 * Measures in turns, so that a busy minute of the machine touches all: each round takes every candidate.
 * @param {{ readonly only: readonly string[] | undefined, readonly rows: readonly string[], readonly rounds: number | undefined }} options
 */
export async function measurePeers({ only, rows, rounds }) {
  const candidates = known.filter(({ name }) => only?.includes(name) ?? true)
  if (only && candidates.length < only.length)
    throw new Error(`--only: ${only} must be some of ${known.map(({ name }) => name)}.`)
  const shownGroups = Object.entries(groups).filter(([name]) => rows.includes(name))
  ensureBuilt()
  ensureInstalled(candidates)
  const server = await startServer()
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
  /** @type {Map<string, number[]>} */
  const values = new Map()
  try {
    for (const candidate of candidates)
      for (const [app, files] of await appsOf(candidate)) server.serve(app, files)
    for (const [group, { measure, of, rounds: usual }] of shownGroups) {
      const times = usual === 1 ? 1 : (rounds ?? usual)
      for (let round = 1; round <= times; round++)
        for (const candidate of candidates.filter(of)) {
          stderr.write(`${group}, round ${round} of ${times}: ${candidate.name}\n`)
          const figures = await attempt(() => measure({ browser, server }, candidate))
          for (const context of browser.contexts()) await context.close()
          for (const [key, value] of Object.entries(figures)) {
            const all = `${candidate.name} ${key}`
            values.set(all, [...(values.get(all) ?? []), value])
          }
        }
    }
    const shown = shownGroups.flatMap(([, { rows }]) => rows)
    const table = tableOf(candidates, shown, (name, key) => values.get(`${name} ${key}`) ?? [])
    return { table, candidates, rows: shown, browserVersion: browser.version() }
  } finally {
    await browser.close()
    server.close()
  }
}

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** The first block of a language in docs/linting.md. */
const blockOf = (language: string, page = readFileSync('docs/linting.md', 'utf8')) =>
  new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? ''

const code = [
  `gtag('event', 'pricing_clicked')`,
  `window.gtag('event', 'pricing_clicked', { tier })`,
  `fbq('track', 'Lead')`,
  `window.dataLayer.push({ event: 'pricing_clicked', tier })`,
  `posthog.capture('pricing_clicked')`,
  `gtag('config', 'G-1')`,
  `dataLayer.push({ ecommerce: null })`,
  `posthog.identify(user.id)`,
  `track('pricing_clicked')`,
]

test('the pattern for Biome in the guide finds calls of vendors', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rmc-grit-'))
  writeFileSync(join(folder, 'no-raw-tracking.grit'), blockOf('grit'))
  const linter = { rules: { preset: 'none' } }
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ plugins: ['./no-raw-tracking.grit'], linter }))
  writeFileSync(join(folder, 'code.ts'), code.join('\n'))
  const program = resolve('node_modules/@biomejs/biome/bin/biome')
  const report = await new Promise<string>((done) => {
    execFile(process.execPath, [program, 'lint', '--reporter=json', '.'], { cwd: folder }, (_, out) =>
      done(out),
    )
  })
  rmSync(folder, { recursive: true })
  const lines = JSON.parse(report).diagnostics.map(({ location }: any) => location.start.line)
  expect(lines).toEqual([1, 2, 3, 4, 5])
})

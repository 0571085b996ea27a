import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { launch } from '../support/launch.ts'
import { serve } from '../support/serve.ts'

test('README has at most 160 lines and 1,500 words', () => {
  const readme = readFileSync('README.md', 'utf8')
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(160)
  expect(readme.trim().split(/\s+/).length).toBeLessThanOrEqual(1_500)
})

test('the first file of README shows a first event, an event by hand, and why the second click did not count', async () => {
  const lines = readFileSync('README.md', 'utf8').match(/```tsx\n([\s\S]*?)```/)?.[1] ?? ''
  const { outputFiles } = await build({
    stdin: {
      contents: `${lines}\nimport { createRoot } from 'react-dom/client'\ncreateRoot(document.body.firstElementChild).render(<App />)`,
      loader: 'tsx',
      resolveDir: '.',
    },
    define: { 'process.env.NODE_ENV': '"development"' },
    jsx: 'automatic',
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'out',
    write: false,
  })
  const files = outputFiles.map(({ path, text }) => [`/${path.split('/').at(-1)}`, text] as const)
  const html = '<!doctype html><title>Acme</title><div></div><script type="module" src="/stdin.js"></script>'
  await using server = await serve({ '/': html, ...Object.fromEntries(files) })
  const browser = await launch()
  try {
    const page = await browser.newPage()
    await page.goto(server.url)
    const link = page.getByRole('link', { name: 'See pricing' })
    await link.click()
    await link.click()
    await page.getByRole('button', { name: 'Book a demo' }).click()
    await page
      .locator('[data-rmc-devtools]')
      .getByRole('button', { name: /microconversions/i })
      .first()
      .click()
    const region = page.getByRole('region', { name: 'Microconversions' })
    await expect.poll(() => region.getByText('pricing_clicked').count()).toBeGreaterThanOrEqual(2)
    await expect.poll(() => region.getByText('demo_booked').count()).toBeGreaterThanOrEqual(1)
    const panel = await region.innerText()
    expect(panel).toMatch(/fired/i)
    expect(panel).toMatch(/dropped/i)
    expect(panel).toMatch(/once per session/i)
  } finally {
    await browser.close()
  }
})

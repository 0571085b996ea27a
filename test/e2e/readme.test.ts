import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { launch } from '../support/launch.ts'
import { serve } from '../support/serve.ts'

test('the 8 lines of the README show a first event, and why the second did not count', async () => {
  const lines = readFileSync('README.md', 'utf8').match(/```tsx\n([\s\S]*?)```/)?.[1] ?? ''
  expect(lines.trim().split('\n')).toHaveLength(8)
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
    await page
      .locator('[data-rmc-devtools]')
      .getByRole('button', { name: /microconversions/i })
      .first()
      .click()
    const rows = page.getByRole('region', { name: 'Microconversions' }).getByText('pricing_clicked')
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(2)
    const panel = await page.getByRole('region', { name: 'Microconversions' }).innerText()
    expect(panel).toMatch(/fired/i)
    expect(panel).toMatch(/dropped/i)
    expect(panel).toMatch(/once per session/i)
  } finally {
    await browser.close()
  }
})

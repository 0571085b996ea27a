import { readFileSync } from 'node:fs'
import { build, type Plugin } from 'esbuild'
import { expect, test } from 'vitest'
import { collectingServer } from '../support/collecting-server.ts'
import { launch } from '../support/launch.ts'

/** The files of the page, by the name that their first line gives; a file that comes twice is the later one. */
function filesOfPage(): ReadonlyMap<string, string> {
  const page = readFileSync('docs/getting-started.md', 'utf8')
  const blocks = page.matchAll(/```tsx?\n\/\/ src\/([\w-]+)\.tsx?\n([\s\S]*?)```/g)
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]))
}

/** The application that a reader has at the end: all that the page shows, in one. */
const application = (main: string) => `
import { Banner } from './banner'
import { Booking } from './booking'
import { DemoForm } from './demo-form'
${main.replace('<App />', '<App /><Booking /><DemoForm /><Banner />').replace('"/pricing"', '"#pricing"')}`

function fromPage(files: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'from-page',
    setup(bundling) {
      bundling.onResolve({ filter: /^\.\/[\w-]+$/ }, ({ path, importer }) =>
        importer.includes('node_modules') || !files.has(path.slice(2))
          ? undefined
          : { path: path.slice(2), namespace: 'page' },
      )
      bundling.onLoad({ filter: /.*/, namespace: 'page' }, ({ path }) => ({
        contents: files.get(path) ?? '',
        loader: 'tsx',
        resolveDir: '.',
      }))
    },
  }
}

async function bundled(): Promise<Readonly<Record<string, string>>> {
  const files = filesOfPage()
  const { outputFiles } = await build({
    stdin: { contents: application(files.get('main') ?? ''), loader: 'tsx', resolveDir: '.' },
    plugins: [fromPage(files)],
    define: { 'process.env.NODE_ENV': '"development"' },
    jsx: 'automatic',
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'out',
    write: false,
  })
  return Object.fromEntries(outputFiles.map(({ path, text }) => [`/${path.split('/').at(-1)}`, text]))
}

test('the files of Getting started hold their events until consent, and then send them, without a warning', async () => {
  const html =
    '<!doctype html><title>Acme</title><link rel="icon" href="data:,"><div id="root"></div><script type="module" src="/stdin.js"></script>'
  await using server = await collectingServer({ '/': html, ...(await bundled()) })
  const browser = await launch()
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => void complaints.push(error.message))
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    await page.route('**/api/demo', (route) => route.fulfill({ status: 204 }))
    await page.goto(server.url)
    const link = page.getByRole('link', { name: 'See pricing' })
    await link.click()
    await link.click()
    await page.getByLabel('Work e-mail').fill('ada@example.com')
    const answered = page.waitForResponse('**/api/demo')
    await page.getByRole('button', { name: 'Book a demo' }).click()
    await answered
    expect(server.requests()).toBe(0)

    await page.getByRole('button', { name: 'Accept' }).click()
    const names = () => server.stored().map(({ event }) => event.name)
    await expect.poll(names).toEqual(['pricing_clicked', 'demo_form_started', 'demo_booked'])
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})

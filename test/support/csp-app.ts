import { basename } from 'node:path'
import { build } from 'esbuild'
import { publicEntries, root } from '../../scripts/entries.mjs'
import { serve } from './serve.ts'

const policy = "default-src 'self'; require-trusted-types-for 'script'"

const app = `
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { createTracker, definePlan, event, journey } from 'react-microconversions/core'
import { MicroconversionDevtools } from 'react-microconversions/devtools'

const plan = definePlan({ name: 'csp', version: '1', events: { link_followed: event({}), page_read: event({ frequency: 'once-per-page' }) } })
const tracker = createTracker({ plan, consent: 'granted', plugins: [journey()] })
tracker.track('page_read')
tracker.track('page_read')
tracker.track('link_followed')
Object.assign(globalThis, { tracker })
const extensions = {
  tabs: [{ id: 'costs', title: 'Costs', View: () => createElement('p', { className: 'cost' }, 'Twelve cents') }],
  styles: '.cost { color: rgb(1, 2, 3) }',
}
createRoot(document.querySelector('main')).render(createElement(MicroconversionDevtools, { tracker, extensions }))
`

/** Listens from a file of its own, because the policy refuses an inline script. */
const watch = `
globalThis.violations = []
globalThis.thrown = []
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample)
})
addEventListener('error', (event) => thrown.push(event.message))
addEventListener('unhandledrejection', (event) => thrown.push(String(event.reason)))
`

const html = `<!doctype html><html lang="en"><head><title>App</title><link rel="icon" href="/none.svg">
<script src="/watch.js"></script><script type="module" src="/app.js"></script></head><body><header><h1>App</h1></header><main></main></body></html>`

/** An application with the overlay under a strict policy with Trusted Types, served until disposed. */
export async function serveCspApp(more: Readonly<Record<string, string>> = {}) {
  const { outputFiles } = await build({
    stdin: { contents: app, resolveDir: root, sourcefile: 'app.js' },
    outdir: '/',
    entryNames: 'app',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  })
  const scripts = outputFiles.map(({ path, text }) => [`/${basename(path)}`, text] as const)
  return serve(
    { '/': html, '/watch.js': watch, ...Object.fromEntries(scripts), ...more },
    { 'content-security-policy': policy },
  )
}

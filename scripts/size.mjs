import { relative } from 'node:path'
import { exit, stdout } from 'node:process'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { ensureBuilt } from './dist.mjs'
import { root } from './entries.mjs'

const provider = `export { MicroconversionProvider, useTrack, PricingLink } from 'react-microconversions'`
const firstPage = `
  export { definePlan, event } from 'react-microconversions/core'
  export { createTracker, MicroconversionProvider, useTrack, PricingLink } from 'react-microconversions'`
const base = `
  export { definePlan, event } from 'react-microconversions/core'
  export { createTracker, MicroconversionProvider, useTrack } from 'react-microconversions'`
const overlay = `export { MicroconversionDevtools } from 'react-microconversions/devtools/production'`
const more = (/** @type {string} */ name) => `${base}\nexport { ${name} } from 'react-microconversions'`

// Bytes are brotli, of everything but React; `beyond` is subtracted, `gzip` is for whoever is compared in gzip. `part`:
// of the overlay, the chunks that its first `import()` brings, or those behind further ones.
/** @type {{ what: string, code: string, budget: number, beyond?: string, gzip?: boolean, part?: Part }[]} */
const rows = [
  { what: '`MicroconversionProvider`, `useTrack`, `PricingLink`', code: provider, budget: 6_000 },
  { what: 'first page: those, `definePlan`, `event`, `createTracker`', code: firstPage, budget: 19_500 },
  { what: 'all of `react-microconversions`', code: `export * from 'react-microconversions'`, budget: 29_500 },
  { what: 'all of `/core`', code: `export * from 'react-microconversions/core'`, budget: 19_300 },
  ...['PricingLink', 'VideoProgress', 'TrackedForm'].map((name) => ({
    what: `\`${name}\`, on top of \`createTracker\` and Provider`,
    code: more(name),
    beyond: base,
    budget: name === 'TrackedForm' ? 3_200 : 2_000,
  })),
  ...Object.entries({
    http: 4_300,
    ga4: 1_100,
    gtm: 700,
    meta: 1_000,
    segment: 500,
    posthog: 500,
    snowplow: 650,
  }).map(([name, budget]) => ({
    what: `\`${name}()\`, on top of \`createTracker\` and Provider`,
    code: `${base}\nexport { ${name} } from 'react-microconversions/destinations'`,
    beyond: base,
    budget,
  })),
  ...Object.entries({ consentMode: 500, tcf: 450, fromCallback: 100 }).map(([name, budget]) => ({
    what: `\`${name}()\`, on top of \`createTracker\` and Provider`,
    code: `${base}\nexport { ${name} } from 'react-microconversions/consent'`,
    beyond: base,
    budget,
  })),
  ...Object.entries({ visibility: 'Visibility', scroll: 'Scroll', attention: 'Attention' }).map(
    ([file, name]) => ({
      what: `trigger \`observe${name}\` alone`,
      code: `export * from './dist/triggers/${file}.js'`,
      budget: 1_500,
    }),
  ),
  { what: 'trigger `observeLinks` alone', code: `export * from './dist/triggers/links.js'`, budget: 1_500 },
  { what: 'trigger `observeMedia` alone', code: `export * from './dist/triggers/media.js'`, budget: 1_500 },
  {
    what: 'trigger `createFormObserver` alone',
    code: `export * from './dist/triggers/form.js'\nexport * from './dist/triggers/form-outcome.js'`,
    budget: 2_500,
  },
  {
    what: '`/devtools` in production',
    code: `export { MicroconversionDevtools } from 'react-microconversions/devtools'`,
    budget: 100,
  },
  {
    what: '`/devtools/production`, what opening the overlay loads, gzip',
    code: overlay,
    gzip: true,
    part: 'opening',
    budget: 35_000,
  },
  {
    what: '`/devtools/production`, views that are loaded on demand, gzip',
    code: overlay,
    gzip: true,
    part: 'on demand',
    budget: 16_500,
  },
]

/** @typedef {'opening' | 'on demand'} Part */

/** Bytes of a production bundle, chunk by chunk as they travel. */
async function bytes(
  /** @type {string} */ code,
  gzip = false,
  /** @type {Part | undefined} */ part = undefined,
) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    external: ['react', 'react-dom'],
    // Without its paths: what is measured is what is published.
    tsconfigRaw: {},
    define: { 'process.env.NODE_ENV': '"production"' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: 'out',
    write: false,
    metafile: true,
    absWorkingDir: root,
    logLevel: 'error',
  })
  const compress = gzip ? gzipSync : brotliCompressSync
  const opening = part && openingChunks(metafile)
  const counted = outputFiles.filter(
    ({ path }) => !opening || opening.has(relative(root, path)) === (part === 'opening'),
  )
  return counted.reduce((sum, { contents }) => sum + compress(contents).length, 0)
}

/** Paths of the entry, of what it imports lazily, and of all that these import at once. */
function openingChunks(/** @type {import('esbuild').Metafile} */ { outputs }) {
  const found = new Set()
  const add = (/** @type {string} */ path, /** @type {boolean} */ lazily) => {
    if (found.has(path) || !outputs[path]) return
    found.add(path)
    for (const { path: next, kind } of outputs[path].imports)
      if (kind !== 'dynamic-import' || lazily) add(next, lazily && kind !== 'dynamic-import')
  }
  const [entry] = Object.entries(outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint === '<stdin>' ? [path] : [],
  )
  add(entry ?? '', true)
  return found
}

const kB = (/** @type {number} */ size) => (size < 1_000 ? `${size} B` : `${(size / 1_000).toFixed(2)} kB`)

ensureBuilt()
stdout.write('| import | size | budget |\n| --- | ---: | ---: |\n')
let over = 0
for (const { what, code, budget, beyond, gzip, part } of rows) {
  const size = (await bytes(code, gzip, part)) - (beyond ? await bytes(beyond) : 0)
  if (size > budget) over += 1
  stdout.write(`| ${what} | ${kB(size)}${size > budget ? ' **over**' : ''} | ${kB(budget)} |\n`)
}
exit(over ? 1 : 0)

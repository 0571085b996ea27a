import { relative } from 'node:path'
import { exit, stdout } from 'node:process'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { chunksOf } from './chunks.mjs'
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

// Bytes are brotli, of everything but React; `beyond` is subtracted: such a difference varies by some 100 B with any change of
// what both sides have. `opening`: gzip, for whoever is compared in gzip, of the overlay until somebody asks for one of its views
// that load on demand; false: of those views.
/** @type {{ what: string, code: string, budget: number, beyond?: string, opening?: boolean }[]} */
const rows = [
  { what: '`MicroconversionProvider`, `useTrack`, `PricingLink`', code: provider, budget: 2_850 },
  { what: 'first page: those, `definePlan`, `event`, `createTracker`', code: firstPage, budget: 31_900 },
  { what: 'all of `react-microconversions`', code: `export * from 'react-microconversions'`, budget: 52_700 },
  { what: 'all of `/core`', code: `export * from 'react-microconversions/core'`, budget: 34_000 },
  ...['PricingLink', 'VideoProgress', 'TrackedForm'].map((name) => ({
    what: `\`${name}\`, on top of \`createTracker\` and Provider`,
    code: more(name),
    beyond: base,
    budget: { PricingLink: 1_900, VideoProgress: 3_400, TrackedForm: 7_000 }[name] ?? 0,
  })),
  ...Object.entries({ 'react-hook-form': 400, 'tanstack-form': 500, formik: 500 }).map(([entry, budget]) => ({
    what: `all of \`/${entry}\`, on top of \`TrackedForm\``,
    code: `${more('TrackedForm')}\nexport * from 'react-microconversions/${entry}'`,
    beyond: more('TrackedForm'),
    budget,
  })),
  {
    what: '`journey`, on top of `createTracker` and Provider',
    code: more('journey'),
    beyond: base,
    budget: 3_300,
  },
  {
    what: '`useFunnel`, `useIntent`, `useOccurred`, on top of that',
    code: more('journey, useFunnel, useIntent, useOccurred'),
    beyond: more('journey'),
    budget: 800,
  },
  ...Object.entries({
    http: 6_500,
    ga4: 1_300,
    gtm: 800,
    meta: 1_100,
    segment: 700,
    posthog: 700,
    snowplow: 800,
  }).map(([name, budget]) => ({
    what: `\`${name}()\`, on top of \`createTracker\` and Provider`,
    code: `${base}\nexport { ${name} } from 'react-microconversions/destinations'`,
    beyond: base,
    budget,
  })),
  ...Object.entries({ consentMode: 600, tcf: 600, fromCallback: 300 }).map(([name, budget]) => ({
    what: `\`${name}()\`, on top of \`createTracker\` and Provider`,
    code: `${base}\nexport { ${name} } from 'react-microconversions/consent'`,
    beyond: base,
    budget,
  })),
  ...Object.entries({ visibility: 2_200, scroll: 2_300, attention: 1_000, links: 3_900, media: 2_700 }).map(
    ([file, budget]) => ({
      what: `trigger \`observe${file[0]?.toUpperCase()}${file.slice(1)}\` alone`,
      code: `export * from './dist/triggers/${file}.js'`,
      budget,
    }),
  ),
  {
    what: 'trigger `observeMediaSummary` alone',
    code: `export * from './dist/triggers/media-summary.js'`,
    budget: 2_800,
  },
  {
    what: 'trigger `createFormObserver` alone',
    code: `export * from './dist/triggers/form.js'\nexport * from './dist/triggers/form-outcome.js'`,
    budget: 8_050,
  },
  {
    what: '`/devtools` in production',
    code: `export { MicroconversionDevtools } from 'react-microconversions/devtools'`,
    budget: 100,
  },
  { what: 'the overlay, opened, gzip', code: overlay, opening: true, budget: 37_200 },
  { what: 'its views that load on demand, gzip', code: overlay, opening: false, budget: 91_600 },
]

/** @typedef {'opening' | 'on demand'} Part */

/** Bytes of a production bundle, chunk by chunk as they travel. */
async function bytes(/** @type {string} */ code, /** @type {boolean | undefined} */ opening = undefined) {
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
    logLevel: 'error',
  })
  const compress = opening === undefined ? brotliCompressSync : gzipSync
  const atOnce = chunksOf(metafile.outputs, true)
  return outputFiles
    .filter(({ path }) => opening === undefined || opening === atOnce.has(relative('', path)))
    .reduce((sum, { contents }) => sum + compress(contents).length, 0)
}

const kB = (/** @type {number} */ size) => (size < 1_000 ? `${size} B` : `${(size / 1_000).toFixed(2)} kB`)

ensureBuilt()
stdout.write('| import | size | budget |\n| --- | ---: | ---: |\n')
let over = 0
for (const { what, code, budget, beyond, opening } of rows) {
  const size = (await bytes(code, opening)) - (beyond ? await bytes(beyond) : 0)
  if (size > budget) over += 1
  stdout.write(`| ${what} | ${kB(size)}${size > budget ? ' **over**' : ''} | ${kB(budget)} |\n`)
}
exit(over ? 1 : 0)

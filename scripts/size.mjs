import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { argv, exit, stdout } from 'node:process'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { chunksOf } from './chunks.mjs'
import { ensureBuilt } from './dist.mjs'
import { root } from './entries.mjs'
import { measurePeers } from './peers/run.mjs'

const provider = `export { MicroconversionProvider, useTrack, PricingLink } from 'react-microconversions'`
const firstPage = `
  export { definePlan, event } from 'react-microconversions/core'
  export { createTracker, MicroconversionProvider, useTrack, PricingLink } from 'react-microconversions'`
const core = `export { definePlan, event, createTracker } from 'react-microconversions/core'`
const collected = `${core}\nexport { http } from 'react-microconversions/destinations'`
const base = `
  export { definePlan, event } from 'react-microconversions/core'
  export { createTracker, MicroconversionProvider, useTrack } from 'react-microconversions'`
const overlay = `export { MicroconversionDevtools } from 'react-microconversions/devtools/production'`
const more = (/** @type {string} */ name) => `${base}\nexport { ${name} } from 'react-microconversions'`

/**
 * `first`: what the page imports at once. `later`: what the library loads by itself once storage is permitted. `opening`, `on
 * demand`: the overlay until a user asks for one of its views, and those views; gzip, because overlays are compared in it.
 * @typedef {'first' | 'later' | 'opening' | 'on demand'} Part
 */
const parts = /** @type {const} */ ({
  first: { reach: 'first', counts: true, compress: brotliCompressSync },
  later: { reach: 'first', counts: false, compress: brotliCompressSync },
  opening: { reach: 'opening', counts: true, compress: gzipSync },
  'on demand': { reach: 'opening', counts: false, compress: gzipSync },
})

// Bytes are brotli, of everything but React; `beyond` is subtracted: such a difference varies by some 100 B with any change of
// what both sides have.
/** @type {{ what: string, code: string, budget: number, beyond?: string, part?: Part }[]} */
const rows = [
  { what: '`MicroconversionProvider`, `useTrack`, `PricingLink`', code: provider, budget: 2_790 },
  {
    what: 'the same, on top of `createTracker`',
    code: firstPage,
    beyond: core,
    budget: 2_250,
  },
  { what: 'first page: those, `definePlan`, `event`, `createTracker`', code: firstPage, budget: 33_950 },
  { what: 'first page: `definePlan`, `event`, `createTracker`, `http`', code: collected, budget: 39_700 },
  // 100 B more since user and session are found in the transaction that enters the epoch: one round trip less.
  { what: 'either, once storage is permitted', code: firstPage, part: 'later', budget: 3_300 },
  { what: 'all of `react-microconversions`', code: `export * from 'react-microconversions'`, budget: 57_950 },
  { what: 'all of `/core`', code: `export * from 'react-microconversions/core'`, budget: 36_300 },
  ...['PricingLink', 'VideoProgress', 'TrackedForm'].map((name) => ({
    what: `\`${name}\`, on top of \`createTracker\` and Provider`,
    code: more(name),
    beyond: base,
    budget: { PricingLink: 1_900, VideoProgress: 3_450, TrackedForm: 8_750 }[name] ?? 0,
  })),
  ...Object.entries({ 'react-hook-form': 480, 'tanstack-form': 500, formik: 560 }).map(([entry, budget]) => ({
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
    http: 8_000,
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
  ...Object.entries({
    // With `watchInView`, 1.5 kB, which an `Impression` of the application brings along.
    useScheduler: 2_800,
    useEmbeddedForm: 1_950,
    useChat: 600,
  }).map(([name, budget]) => ({
    what: `\`${name}\` without an adapter, on top of \`createTracker\` and Provider`,
    code: `${more('useChecklist')}\nexport { ${name} } from 'react-microconversions/embeds'`,
    beyond: more('useChecklist'),
    budget,
  })),
  ...[
    ...['calendly', 'calCom', 'hubspotMeetings', 'hubspotForm', 'typeform', 'intercom', 'hubspotChat'],
    ...['posthogReplay', 'sentryReplay', 'clarityReplay', 'linkReplay'],
  ].map((name) => ({
    what: `\`${name}()\`, on top of \`createTracker\` and Provider`,
    code: `${base}\nexport { ${name} } from 'react-microconversions/embeds'`,
    beyond: base,
    budget: 600,
  })),
  ...['experimentViewed', 'openFeatureHook', 'growthBookCallback'].map((name) => ({
    what: `\`${name}()\`, on top of \`createTracker\` and Provider`,
    code: `${base}\nexport { ${name} } from 'react-microconversions/experiments'`,
    beyond: base,
    budget: 600,
  })),
  ...Object.entries({ consentMode: 600, tcf: 600, fromCallback: 300 }).map(([name, budget]) => ({
    what: `\`${name}()\`, on top of \`createTracker\` and Provider`,
    code: `${base}\nexport { ${name} } from 'react-microconversions/consent'`,
    beyond: base,
    budget,
  })),
  // With the parser of durations, some 90 B, which `definePlan` brings along in an application.
  ...Object.entries({ visibility: 2_650, scroll: 2_440, attention: 1_050, links: 4_260, media: 3_050 }).map(
    ([file, budget]) => ({
      what: `trigger \`observe${file[0]?.toUpperCase()}${file.slice(1)}\` alone`,
      code: `export * from './dist/triggers/${file}.js'`,
      budget,
    }),
  ),
  {
    what: 'trigger `observeMediaSummary` alone',
    code: `export * from './dist/triggers/media-summary.js'`,
    budget: 3_100,
  },
  {
    what: 'trigger `createFormObserver` alone',
    code: `export * from './dist/triggers/form.js'\nexport * from './dist/triggers/form-outcome.js'`,
    budget: 10_000,
  },
  {
    what: '`/devtools` in production',
    code: `export { MicroconversionDevtools } from 'react-microconversions/devtools'`,
    budget: 100,
  },
  { what: 'the overlay, opened, gzip', code: overlay, part: 'opening', budget: 35_000 },
  // Without what every tracker has on the page already, such as the rules that "Why not?" and "What if" evaluate.
  {
    what: 'its views that load on demand, gzip',
    code: `${base}\n${overlay}`,
    part: 'on demand',
    budget: 90_000,
  },
]

/** Bytes of a production bundle, chunk by chunk as they travel. */
async function bytes(/** @type {string} */ code, /** @type {Part} */ part = 'first') {
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
  const { reach, counts, compress } = parts[part]
  const atOnce = chunksOf(metafile.outputs, reach)
  return outputFiles
    .filter(({ path }) => counts === atOnce.has(relative('', path)))
    .reduce((sum, { contents }) => sum + compress(contents).length, 0)
}

const kB = (/** @type {number} */ size) => (size < 1_000 ? `${size} B` : `${(size / 1_000).toFixed(2)} kB`)

ensureBuilt()
let table = '| import | size | budget |\n| --- | ---: | ---: |\n'
stdout.write(table)
let over = 0
for (const { what, code, budget, beyond, part } of rows) {
  const size = (await bytes(code, part)) - (beyond ? await bytes(beyond) : 0)
  if (size > budget) over += 1
  const row = `| ${what} | ${kB(size)}${size > budget ? ' **over**' : ''} | ${kB(budget)} |\n`
  table += row
  stdout.write(row)
}
const page = join(root, 'docs/performance.md')
const text = readFileSync(page, 'utf8')
const [written = ''] = /^\| import \|(?:.*\n)+?(?=\n)/m.exec(text) ?? []
/** Sizes vary by some bytes with any change: the page has those of the last `--write`. */
const withoutSizes = (/** @type {string} */ rows) => rows.replaceAll(/^(\|[^|]*\|)[^|]*\|/gm, '$1')
if (argv.includes('--write'))
  writeFileSync(
    page,
    text.replace(written, () => table),
  )
else if (withoutSizes(written) !== withoutSizes(table)) {
  over += 1
  stdout.write('docs/performance.md has other rows or budgets: `npm run size -- --write` renews its table.\n')
}
if (argv.includes('--peers')) {
  const { table } = await measurePeers({ only: undefined, rows: ['size'], rounds: undefined })
  stdout.write(`\n${table}`)
}
exit(over ? 1 : 0)

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import commonjs from '@rollup/plugin-commonjs'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import { build as esbuild } from 'esbuild'
import { rollup } from 'rollup'
import { build as vite } from 'vite'
import { describe, expect, inject, test, vi } from 'vitest'
import webpack from 'webpack'

const app = inject('packed').apps[19]

// Vitest's own would be built in by Vite.
vi.stubEnv('NODE_ENV', 'production')

/** Stands in the overlay's code, and in nothing else. */
const marker = 'rmc-devtools'

/** Of what tells where in the code an attempt came from: as the code of the package has them. */
const traces = ['captureOwnerStack', 'sourceMappingURL=(', '__open-in-editor']

test('what is looked for is in the package', () => {
  const dist = join(inject('packed').package, 'dist')
  const code = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(dist, file), 'utf8'))
    .join('\n')
  for (const trace of traces) expect(code).toContain(trace)
})

/** Each builds for production as its users do, without a plugin of ours. */
const bundlers = {
  vite: (entry: string, outDir: string) =>
    vite({
      root: app,
      configFile: false,
      logLevel: 'error',
      build: { outDir, rolldownOptions: { input: entry } },
    }),
  esbuild: (entry: string, outdir: string) =>
    esbuild({
      entryPoints: [entry],
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      minify: true,
      define: { 'process.env.NODE_ENV': '"production"' },
    }),
  rollup: async (entry: string, dir: string) => {
    const values = { 'process.env.NODE_ENV': '"production"' }
    const bundle = await rollup({
      input: entry,
      plugins: [nodeResolve(), replace({ values, preventAssignment: true }), commonjs()],
      onLog: () => {},
    })
    await bundle.write({ dir, format: 'es' })
    await bundle.close()
  },
  webpack: async (entry: string, path: string) => {
    const compiler = webpack({ mode: 'production', context: app, entry, output: { path } })
    const stats = await promisify(compiler.run.bind(compiler))()
    expect(stats?.toJson().errors).toEqual([])
  },
}

describe.each(Object.entries(bundlers))('%s, in production', (name, bundle) => {
  const build = async (entry: string) => {
    const folder = join(app, 'out', name, entry)
    await bundle(join(app, entry), folder)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.js'),
    )
    return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  }

  test('leaves no byte of the overlay', async () => {
    const code = await build('devtools.js')
    expect(code.includes('createRoot')).toBe(true)
    expect(code.includes(marker)).toBe(false)
  })

  test('keeps it where it is asked for by name, without what notes and reads stacks', async () => {
    const code = await build('devtools-forced.js')
    expect(code.includes(marker)).toBe(true)
    for (const trace of traces) expect(code).not.toContain(trace)
  })
})

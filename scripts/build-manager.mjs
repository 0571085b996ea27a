import { join } from 'node:path'
import { argv } from 'node:process'
import { build } from 'esbuild'
import { globalPackages } from 'storybook/internal/manager/globals'
import { root } from './entries.mjs'

/**
 * Builds the part of the Storybook addon that runs in Storybook's manager, as one file: everything in it, except what the manager
 * shares. Its React is 18, whatever the project's is, and it does not share `react/jsx-runtime`.
 */
export async function buildManager(/** @type {string} */ outfile) {
  const manager = join(root, 'src/storybook/manager')
  await build({
    // Not the entry: package.json lists built files with side effects, not their sources.
    entryPoints: [join(manager, 'register.tsx')],
    outfile,
    external: globalPackages,
    alias: { 'react/jsx-runtime': join(manager, 'jsx-runtime.ts') },
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx' } },
    define: { 'process.env.NODE_ENV': '"production"' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  })
}

if (import.meta.filename === argv[1]) await buildManager(join(root, 'dist/storybook-manager.js'))

import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { builtSources, publicEntries } from './scripts/entries.mjs'

const entries = publicEntries()
const outside = [
  ...['react', 'react-dom', 'zustand', 'jiti', '@jridgewell'],
  ...['@testing-library', 'vitest', '@jest/globals', '@playwright/test', '@duckdb/node-api', 'storybook'],
]

/** package.json lists the built files that do something when they are imported, not their sources. */
const keepSetups: Plugin = {
  name: 'keep-setups',
  transform: {
    filter: { id: /\/src\/testing\/(?:setup\/|coverage\/setup)/ },
    handler: () => ({ moduleSideEffects: true }),
  },
}

/** The overlay's style sheets are texts, which no minifier of an application touches. */
const minifyStyles: Plugin = {
  name: 'minify-styles',
  apply: 'build',
  transform: {
    filter: { id: /\/src\/devtools\/styles\/\w+\.ts$/ },
    handler: (code) => ({
      code: code.replace(/`[^`]*`/g, (css) =>
        css
          .replace(/\/\*.*?\*\//gs, '')
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?/g, '$1')
          .replaceAll(': ', ':')
          .replaceAll(';}', '}'),
      ),
      map: null,
    }),
  },
}

export default defineConfig({
  plugins: [react(), keepSetups, minifyStyles],
  resolve: {
    // Stories and tests import the public names, and get the source.
    alias: entries.map(({ name, source }) => ({ find: new RegExp(`^${name}$`), replacement: source })),
  },
  server: { host: '127.0.0.1' },
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: { entry: builtSources(), formats: ['es'] },
    rolldownOptions: {
      // The entry of the addon: `storybook/preview/default-annotations.ts` imports it by name, and says why.
      external: [
        /^node:/,
        'react-microconversions/storybook',
        ...outside.map((name) => new RegExp(`^${name}(/|$)`)),
      ],
      output: {
        preserveModules: true,
        preserveModulesRoot: fileURLToPath(new URL('src', import.meta.url)),
        entryFileNames: '[name].js',
      },
    },
  },
})

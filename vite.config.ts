import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { builtSources, publicEntries } from './scripts/entries.mjs'

const entries = publicEntries()
const outside = ['react', 'react-dom', 'zustand', 'virtua', '@jridgewell', '@testing-library']

export default defineConfig({
  plugins: [react()],
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
      external: outside.map((name) => new RegExp(`^${name}(/|$)`)),
      output: {
        preserveModules: true,
        preserveModulesRoot: fileURLToPath(new URL('src', import.meta.url)),
        entryFileNames: '[name].js',
      },
    },
  },
})

import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'vite'
import { root } from '../entries.mjs'
import { cache } from './install.mjs'

const adapters = join(import.meta.dirname, 'adapters')
const ENTRY = 'virtual:entry'

/**
 * Resolves the imports of adapters: this project by its name, as published, and peers from the cache.
 * @param {string} code
 * @returns {import('vite').Plugin}
 */
const sources = (code) => ({
  name: 'peers',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (source === ENTRY) return ENTRY
    if (importer === ENTRY) return join(adapters, source)
    if (!importer?.startsWith(adapters) || source.startsWith('.')) return null
    if (/^react(-dom)?(\/|$)|^react-microconversions/.test(source)) return null
    return this.resolve(source, join(cache, 'package.json'), { skipSelf: true })
  },
  load: (id) => (id === ENTRY ? code : null),
})

/**
 * Bundles code for the browser as `vite build` does. `first` names the chunks of the first page: the entry and what it
 * imports statically.
 * @param {string} code
 * @param {{ readonly external?: readonly string[] }} [options]
 */
export async function bundle(code, { external = [] } = {}) {
  const built = await build({
    configFile: false,
    root,
    mode: 'production',
    logLevel: 'error',
    publicDir: false,
    plugins: [sources(code)],
    // One React on the page, whichever package asks for it.
    resolve: { dedupe: ['react', 'react-dom'] },
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: ENTRY,
        external: [...external],
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'entry.js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (built)
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])))
  /** @type {Set<string>} */
  const first = new Set()
  const visit = (/** @type {string} */ name) => {
    if (first.has(name) || !chunks.has(name)) return
    first.add(name)
    chunks.get(name)?.imports.forEach(visit)
  }
  visit('entry.js')
  return { files: new Map([...chunks].map(([name, { code }]) => [name, code])), first }
}

/**
 * Brotli bytes of some files, each compressed alone, as they travel.
 * @param {Iterable<string>} codes
 */
export const brotliBytes = (codes) =>
  [...codes].reduce((sum, code) => sum + brotliCompressSync(code).length, 0)

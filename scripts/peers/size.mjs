import { brotliBytes, bundle } from './bundle.mjs'

const external = ['react', 'react-dom', 'react/jsx-runtime']

/** @param {string} code */
async function kilobytes(code) {
  const { files, first } = await bundle(code, { external })
  const opening = [...files].filter(([name]) => first.has(name)).map(([, text]) => text)
  return { first: brotliBytes(opening) / 1_000, all: brotliBytes(files.values()) / 1_000 }
}

/**
 * Kilobytes, brotli, of tracker with delivery, and of the set-up for React: Provider, link, tracker.
 * @param {import('./candidates.mjs').Candidate} candidate
 */
export async function measureSize({ name, adapter, react = [] }) {
  /** @type {{ [key: string]: number }} */
  const figures = {}
  if (adapter) {
    const { first, all } = await kilobytes(`export { create } from './${name}.js'`)
    Object.assign(figures, { tracker: first, trackerAll: all })
  }
  if (react.includes('Link')) {
    const { first, all } = await kilobytes(`export { Link, Wrap } from './${name}-react.js'`)
    Object.assign(figures, { react: first, reactAll: all })
  }
  return figures
}

/**
 * The chunks that a page comes to load, by path. `all`: what the entry imports, now or later. `opening`: without what only
 * chunks behind the entry import later, which waits until a user asks for it. `first`: what the entry imports at once.
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @param {'all' | 'opening' | 'first'} reach
 */
export function chunksOf(outputs, reach = 'all') {
  /** @type {Set<string>} */
  const found = new Set()
  const visit = (/** @type {string} */ path, isEntry = false) => {
    if (found.has(path)) return
    found.add(path)
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      const follows = reach === 'all' || (reach === 'opening' && isEntry) || kind === 'import-statement'
      if (outputs[next] && follows) visit(next)
    }
  }
  for (const [path, { inputs }] of Object.entries(outputs)) {
    if (Object.keys(inputs).includes('<stdin>')) visit(path, true)
  }
  return found
}

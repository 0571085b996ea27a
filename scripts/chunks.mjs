/**
 * The chunks that a page comes to load, by path: what the entry imports, now or later. `opening`: without what only chunks
 * behind the entry import later, which waits for somebody to ask for it.
 * @param {import('esbuild').Metafile['outputs']} outputs
 */
export function chunksOf(outputs, opening = false) {
  /** @type {Set<string>} */
  const found = new Set()
  const visit = (/** @type {string} */ path, isEntry = false) => {
    if (found.has(path)) return
    found.add(path)
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (outputs[next] && (isEntry || !opening || kind === 'import-statement')) visit(next)
    }
  }
  for (const [path, { inputs }] of Object.entries(outputs)) {
    if (Object.keys(inputs).includes('<stdin>')) visit(path, true)
  }
  return found
}

// Evaluated before the bundle, in the same task.
globalThis.from = performance.now()

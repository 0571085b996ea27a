import { vi } from 'vitest'

/** A page without a document: what the adapters look for on `window`. Undone by `vi.unstubAllGlobals()`. */
export function stubPage<Page extends object>(page: Page): Page {
  vi.stubGlobal('window', page)
  return page
}

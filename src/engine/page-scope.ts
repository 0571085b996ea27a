import type { PageLocation } from '../platform/platform.ts'
import type { PageContext, PageInput, TriggerContext } from './types.ts'

/** The page in view: its number and names, what was reported in it by mounts, and who wants to know when it ends. */
export function createPageScope(location: () => PageLocation) {
  let page: PageContext = { number: 1, ...location() }
  let key: string | undefined
  let named = false
  const listeners = new Set<() => void>()
  const seen = new Set<string>()

  return {
    current: () => page,
    /** Whether `open` was ever called. */
    named: () => named,
    onEnd: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** False: it is the page in view already. */
    open(input: PageInput): boolean {
      if (named && input.key !== undefined && input.key === key) return false
      // What mounts on landing reports before the first call can name the page: that is the same page.
      if (named) {
        for (const listener of [...listeners]) listener()
        seen.clear()
        page = { ...location(), number: page.number + 1, referrer: page.url }
      }
      named = true
      key = input.key
      page = { ...page, path: input.path ?? page.path, title: input.title ?? page.title }
      return true
    },
    /** StrictMode and re-mounts run an effect again: the same fact in the same page scope is no second one (F11). */
    repeats(event: string, { component, fact, factKey, fromEffect }: TriggerContext): boolean {
      if (!fromEffect) return false
      const name = [event, component, fact, factKey].join('|')
      const before = seen.has(name)
      seen.add(name)
      return before
    },
  }
}

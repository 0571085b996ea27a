import type { Platform } from '../../src/platform/platform.ts'
import type { ManualPlatform } from '../../src/testing/manual-platform.ts'

/** Works until `stop`; then no update begins, or none is answered, until `go`. */
export function stalling(platform: ManualPlatform, when: 'before' | 'after' = 'before') {
  let stalled: Promise<void> | undefined
  let go = () => {}
  const openDatabase: Platform['openDatabase'] = async (name) => {
    const database = await platform.openDatabase(name)
    return {
      ...database,
      update: async (...args) => {
        if (when === 'before') await stalled
        const answer = await database.update(...args)
        if (when === 'after') await stalled
        return answer
      },
    }
  }
  return {
    platform: { ...platform, openDatabase },
    stop: () => {
      stalled = new Promise((resolve) => {
        go = resolve
      })
    },
    go: () => go(),
  }
}

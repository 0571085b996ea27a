import { playwright } from '@vitest/browser-playwright'
import type { Page } from 'playwright'
import { hastenFirefox } from './hasten-firefox.ts'

/**
 * Playwright's provider for Firefox. Vitest looks for its frame by name, which over BiDi stays unknown where the frame is attached on
 * a busy machine: all clicks and keys of that file then fail. The tests' frame is the only child of Vitest's page.
 */
export function firefox(options: Parameters<typeof playwright>[0]): ReturnType<typeof playwright> {
  const provider = playwright(options)
  return {
    ...provider,
    providerFactory(project) {
      hastenFirefox()
      const made = provider.providerFactory(project)
      const contextOf = made.getCommandsContext.bind(made)
      return Object.assign(made, {
        getCommandsContext(session: string) {
          const context = contextOf(session) as ReturnType<typeof contextOf> & { page: Page }
          return Object.assign(context, { frame: () => testsFrame(context.page) })
        },
      })
    },
  }
}

const testsFrame = async (page: Page) =>
  page.mainFrame().childFrames().at(-1) ?? page.waitForEvent('frameattached')

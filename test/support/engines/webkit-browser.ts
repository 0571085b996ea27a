import { startWebKitDriver } from '../../../scripts/webkit-driver.mjs'
import { type WebKitPage, webkitPage } from './webkit-page.ts'
import { openWebKitSession } from './webkit-session.ts'

/** Names what of Playwright this driver cannot do, in place of "is not a function". */
function withClearErrors<T extends object>(name: string, parts: T): T {
  return new Proxy(parts, {
    get(target, key) {
      if (key in target || typeof key === 'symbol' || key === 'then') return Reflect.get(target, key)
      throw new Error(`The driver of WebKitGTK has no ${name}.${key}: see docs/browsers.md.`)
    },
  })
}

/** A profile of its own, with a driver of its own: one driver has one session. */
async function openContext() {
  const driver = await startWebKitDriver()
  const session = await openWebKitSession(driver).catch(async (error) => {
    await driver[Symbol.asyncDispose]()
    throw error
  })
  let pages: readonly WebKitPage[] = []
  return {
    newPage: async () => {
      const page = withClearErrors('page', webkitPage(session, await session.openTab()))
      pages = [...pages, page]
      return page
    },
    pages: () => pages.filter((page) => !page.isClosed()),
    cookies: () => session.cookies(),
    close: async () => {
      await session.end()
      await driver[Symbol.asyncDispose]()
    },
  }
}

/** WebKitGTK in the place of Playwright's `Browser`: each context is a session of the driver. */
export function webkitBrowser() {
  const contexts = new Set<Awaited<ReturnType<typeof openContext>>>()
  return {
    newContext: async () => {
      const context = await openContext()
      contexts.add(context)
      const close = async () => {
        if (contexts.delete(context)) await context.close()
      }
      return withClearErrors('context', { ...context, close })
    },
    close: async () => {
      for (const context of contexts) await context.close()
    },
  }
}

import type { Browser } from 'playwright'
import { afterAll, beforeAll } from 'vitest'
import { launch } from './launch.ts'
import { serveVendors } from './serve-vendors.ts'

/** For the tests of a file: a page with scripts of the vendors, and a browser. `source`: of the page. */
export function vendorBrowser(source?: string) {
  let server: Awaited<ReturnType<typeof serveVendors>>
  let browser: Browser
  beforeAll(async () => {
    server = await serveVendors(source)
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })
  return {
    get server() {
      return server
    },
    get browser() {
      return browser
    },
  }
}

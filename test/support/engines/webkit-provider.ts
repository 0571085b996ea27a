import { webdriverio } from '@vitest/browser-webdriverio'
import { startWebKitDriver } from '../../../scripts/webkit-driver.mjs'

type Provider = ReturnType<typeof webdriverio>
type Driver = Awaited<ReturnType<typeof startWebKitDriver>>

/** Members of Vitest's provider that its types call private. */
interface Inner {
  browser: WebdriverIO.Browser
  options: object
  buildCapabilities: () => object
  openBrowser: () => Promise<unknown>
  setViewport: (size: Size) => Promise<void>
  close: () => Promise<void>
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Sizes the tests' frame. Vitest would size the window, which has no other size on a screen without a window manager. */
function sizeFrame({ width, height }: Size) {
  const frame = top?.document.querySelector('iframe[data-vitest]')?.parentElement as HTMLElement
  frame.style.cssText = `width: ${width}px; height: ${height}px`
}

/** Vitest knows Safari. WebKitGTK takes the same commands under another name, and its driver starts with its tests. */
export function webkitGtk(): Provider {
  const provider = webdriverio({})
  return {
    ...provider,
    providerFactory(project) {
      const made = provider.providerFactory(project)
      const inner = made as unknown as Inner
      const open = inner.openBrowser.bind(made)
      const close = inner.close.bind(made)
      let driver: Promise<Driver> | undefined
      inner.openBrowser = async () => {
        driver ??= startWebKitDriver()
        const { port, capabilities } = await driver
        inner.options = { hostname: '127.0.0.1', port, path: '/' }
        inner.buildCapabilities = () => capabilities
        return open()
      }
      inner.setViewport = (size) => inner.browser.execute(sizeFrame, size)
      inner.close = async () => {
        await close()
        await (await driver)?.[Symbol.asyncDispose]()
      }
      return made
    },
  }
}

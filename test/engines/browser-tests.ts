/** The browser tests that also run in Firefox. */
export const inFirefox = ['test/browser/platform/*.test.ts']
/** The browser tests that also run in WebKit. */
export const inWebKit = ['test/browser/platform/*.test.ts']

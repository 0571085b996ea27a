/** Browser tests that do not run in an engine. */
export interface LeftOut {
  /** A path, or a glob where all tests of its files are left out. */
  readonly file: string
  /** How the names of the tests begin, without their groups; all of the file's when absent. */
  readonly tests?: readonly string[]
  readonly why: string
}

export interface BrowserTests {
  readonly include: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

const overlay = 'What the overlay shows does not differ: test/engines has a test of it in each engine.'

/** The browser tests that also run in Firefox: all but those left out. */
export const inFirefox: BrowserTests = {
  include: ['test/browser/**/*.test.{ts,tsx}'],
  leftOut: [
    { file: 'test/browser/devtools*.test.tsx', why: overlay },
    { file: 'test/browser/session.test.tsx', why: overlay },
    {
      file: 'test/browser/form.test.ts',
      tests: ['is also a paste'],
      why: 'Ctrl+C and Ctrl+V of the driver paste nothing into the field: a headless Firefox lends them no clipboard.',
    },
  ],
}

const buttons =
  'The driver of WebKitGTK releases button 0 whichever was pressed: mousedown:1 and mousedown:2 both end in mouseup:0, click:0.'

/**
 * The browser tests that also run in WebKit: those of what engines do differently. Each click and key takes the driver far
 * longer than in Firefox.
 */
export const inWebKit: BrowserTests = {
  include: [
    'test/browser/platform/*.test.ts',
    'test/browser/{attention,links,scroll,visibility}.test.ts',
    'test/browser/react/{attention,clicks,impression,scroll-depth,tracked-link}.test.tsx',
  ],
  leftOut: [
    {
      file: 'test/browser/links.test.ts',
      tests: ['reports the middle button', 'is silent on the right button'],
      why: buttons,
    },
    {
      file: 'test/browser/react/clicks.test.tsx',
      tests: ['is reported for the middle button too'],
      why: buttons,
    },
    {
      file: 'test/browser/react/tracked-link.test.tsx',
      tests: ['reports pointer and keys'],
      why: buttons,
    },
  ],
}

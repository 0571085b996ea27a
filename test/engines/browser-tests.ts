/** Browser tests that do not run in an engine. */
export interface LeftOut {
  readonly file: string
  /** How their names begin, without those of their groups. */
  readonly tests: readonly string[]
  readonly why: string
}

export interface BrowserTests {
  readonly include: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * The browser tests that also run in Firefox. Not the overlay's: it has a test of its own in each engine. Not those of forms
 * beyond their controls: `forms.test.ts` here fills them in by keys in each engine. Not those of routers and handlers' answers:
 * they prove our code, and engines do not differ in it.
 */
export const inFirefox: BrowserTests = {
  include: [
    'test/browser/platform/*.test.ts',
    'test/browser/{attention,links,scroll,visibility}.test.ts',
    'test/browser/forms/controls.test.tsx',
    'test/browser/react/{clicks,journey,scroll-depth,tracked-link,video-progress}.test.tsx',
  ],
  leftOut: [],
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

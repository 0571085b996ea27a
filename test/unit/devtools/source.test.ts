import { describe, expect, test } from 'vitest'
import { editorUrlFor } from '../../../src/devtools/source/editor-url.ts'
import { fileOf, framesOf } from '../../../src/devtools/source/read-stack.ts'
import { sourceOf } from '../../../src/devtools/source/source-of.ts'

const own = 'http://localhost:5173/node_modules/.vite/deps/react-microconversions.js?v=1'
const react = 'http://localhost:5173/node_modules/.vite/deps/react-dom_client.js?v=1'
const page = 'http://localhost:5173/src/pages/pricing.tsx?t=17'
const track = 'track'
const link = 'PricingLink'

describe('a stack', () => {
  test.each([
    ['Chromium', '    at PricingPage (http://a.test/src/page.tsx:42:9)', 'PricingPage'],
    ['Chromium, without a name', '    at http://a.test/src/page.tsx:42:9', ''],
    ['Chromium, awaited', '    at async load (http://a.test/src/page.tsx:42:9)', 'load'],
    [
      'Chromium, a method',
      '    at Object.track [as track] (http://a.test/src/page.tsx:42:9)',
      'Object.track [as track]',
    ],
    ['Firefox', 'PricingPage@http://a.test/src/page.tsx:42:9', 'PricingPage'],
    ['Safari, without a name', '@http://a.test/src/page.tsx:42:9', ''],
  ])('of %s', (_, line, name) => {
    expect(framesOf(`Error\n${line}\n`)).toEqual([
      { name, url: 'http://a.test/src/page.tsx', line: 42, column: 9 },
    ])
  })

  test('without a place has no frame', () => {
    expect(
      framesOf('Error: at noon\n    at Array.map (<anonymous>)\n    at <anonymous>\n[native code]'),
    ).toEqual([])
  })

  test('of webpack, in eval', () => {
    const [frame] = framesOf(
      '    at onClick (webpack-internal:///(app-pages-browser)/./src/app/page.tsx:12:5)',
    )
    expect(frame).toMatchObject({ name: 'onClick', line: 12, column: 5 })
    expect(fileOf(frame?.url ?? '')).toBe('src/app/page.tsx')
  })
})

test.each([
  ['http://localhost:5173/src/pages/pricing.tsx?t=17', 'src/pages/pricing.tsx'],
  ['http://localhost:5173/@fs/srv/shared/chat%20box.tsx', '/srv/shared/chat box.tsx'],
  ['webpack-internal:///./src/page.tsx', 'src/page.tsx'],
  ['webpack://shop/./src/page.tsx', 'src/page.tsx'],
  ['turbopack:///[project]/src/page.tsx', 'src/page.tsx'],
  ['file:///srv/app/src/page.tsx', '/srv/app/src/page.tsx'],
  ['file:///C:/app/src/page.tsx', 'C:/app/src/page.tsx'],
  ['http://localhost/src/100%.tsx', 'src/100%.tsx'],
])('%s is the file %s', (url, file) => expect(fileOf(url)).toBe(file))

describe('a source', () => {
  test('of a call by hand is the first frame outside of this library and React', () => {
    const call = `Error\n at noting (${own}:1:1)\n at track (${own}:2:2)\n at onClick (${page}:42:9)\n at dispatch (${react}:3:3)`
    const { frame, path } = sourceOf({ call, rendering: undefined }, track)
    expect(frame).toMatchObject({ name: 'onClick', url: page, line: 42 })
    expect(path).toEqual([])
  })

  test('is no line of the library, whose folders have folders', () => {
    const chapter = 'http://localhost/src/engine/pipeline/call-sites.ts'
    const call = `Error\n at noting (${chapter}:1:1)\n at track (http://localhost/src/engine/tracker.ts:2:2)\n at onClick (${page}:42:9)`
    expect(sourceOf({ call, rendering: undefined }, track).frame).toMatchObject({ url: page, line: 42 })
  })

  test('is no code that was made as a text, of a browser extension or of Node.js', () => {
    const call = `Error\n at noting (${own}:1:1)\n at eval (eval at run (${page}:1:1), <anonymous>:3:4)\n at click (chrome-extension://abc/content.js:5:5)\n at process (node:internal/process:95:5)`
    expect(sourceOf({ call, rendering: undefined }, track).frame).toBeUndefined()
  })

  test('of a component is where its element was written, below its owners', () => {
    const hook = `Error\n at useRendering (${own}:1:1)\n at PricingLink (${own}:2:2)\n at Object.react_stack_bottom_frame (${react}:3:3)\n at boot (http://localhost:5173/src/main.tsx:4:4)`
    const owners = `\n    at priceOf (${page}:12:1)\n    at PricingPage (${page}:40:9)\n    at Array.map (<anonymous>)\n    at Router (${react}:9:9)\n    at App (http://localhost:5173/src/app.tsx:8:3)`
    const { frame, path } = sourceOf({ call: undefined, rendering: { hook, owners } }, link)
    expect(path).toEqual(['App', 'PricingPage', 'PricingLink'])
    expect(frame).toMatchObject({ name: 'priceOf', line: 12 })
  })

  test('of a hook in React 18 is its component', () => {
    const hook = `Error\n at useRendering (http://localhost/lib/react/rendering.js:1:1)\n at useTrackedLink (http://localhost/lib/react/use-tracked-link.js:2:2)\n at NavLink (${page}:30:5)\n at renderWithHooks (${react}:3:3)\n at boot (http://localhost:5173/src/main.tsx:4:4)`
    const { frame, path } = sourceOf({ call: undefined, rendering: { hook, owners: '' } }, 'Link')
    expect(path).toEqual(['NavLink', 'Link'])
    expect(frame).toMatchObject({ name: 'NavLink', line: 30 })
  })

  test('is unknown where everything is one file: no line of the library passes for one of the application', () => {
    const bundle = 'http://localhost:8080/main.js'
    const call = `Error\n at noting (${bundle}:1:1)\n at track (${bundle}:2:2)\n at onClick (${bundle}:90:9)`
    expect(sourceOf({ call, rendering: undefined }, track).frame).toBeUndefined()
  })
})

const place = { file: 'src/pages/a b.tsx', line: 42, column: 9 }

test.each([
  [
    'Vite',
    'http://localhost:5173/src/pages/a%20b.tsx',
    '/__open-in-editor?file=src%2Fpages%2Fa+b.tsx%3A42%3A9',
  ],
  [
    'webpack',
    'webpack-internal:///./src/pages/a b.tsx',
    '/webpack-dev-server/open-editor?fileName=src%2Fpages%2Fa+b.tsx%3A42%3A9',
  ],
  [
    'Next.js with webpack',
    'webpack-internal:///(app-pages-browser)/./src/pages/a b.tsx',
    '/__nextjs_launch-editor?file=src%2Fpages%2Fa+b.tsx&line1=42&column1=9&lineNumber=42&column=9',
  ],
  [
    'Next.js with Turbopack',
    'http://localhost:3000/_next/static/chunks/src_pages_1._.js',
    '/__nextjs_launch-editor?file=src%2Fpages%2Fa+b.tsx&line1=42&column1=9&lineNumber=42&column=9',
  ],
])('%s is asked to open a place', (_, url, asked) => expect(editorUrlFor(place, url)).toBe(asked))

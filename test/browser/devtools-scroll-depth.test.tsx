import { cleanup } from '@testing-library/react'
import { definePlan, standardEvents, useScrollDepth } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import '../../src/devtools/mount-overlay.tsx'
import { forgetChoices, hosts, tab } from '../support/overlay.tsx'
import { scrollTo } from '../support/scroll-to.ts'

const plan = definePlan({ name: 'acme', version: '1', events: { ...standardEvents.scroll } })

afterEach(() => {
  cleanup()
  for (const element of [document.documentElement, document.body]) element.removeAttribute('style')
  forgetChoices()
})

interface PageProps {
  readonly heightPx: number
  /** Style of an app shell, which scrolls instead of the document. */
  readonly shell?: object | undefined
}

function Page({ heightPx, shell }: PageProps) {
  useScrollDepth({ marks: [10, 25, 50, 75, 90, 100] })
  return (
    <main style={shell}>
      <div style={{ height: heightPx }} />
    </main>
  )
}

async function scrollBy(px: number, element: Element) {
  document.dispatchEvent(new Event('wheel'))
  await scrollTo(element.scrollTop + px, element)
}

/** Scrolls in steps to the end, and returns the depths that were reported. */
async function depths(given: PageProps, hasOverlay: boolean) {
  forgetChoices()
  await page.viewport(1280, 800)
  const tracking = renderWithTracking(
    <>
      <Page {...given} />
      {hasOverlay && <MicroconversionDevtools enabled because="it is under test" defaultOpen />}
    </>,
    { plan },
  )
  if (hasOverlay) {
    await expect.element(tab('Timeline')).toBeVisible()
    await expect.poll(() => getComputedStyle(document.documentElement).paddingBottom).toBe('360px')
  }
  const scroller = given.shell ? (document.querySelector('main') as Element) : document.documentElement
  for (let step = 0; step < 12; step++) await scrollBy(250, scroller)
  await scrollBy(-9_999, scroller)
  const found = tracking.decisions().map(({ properties = {} }) => {
    const { percent_scrolled, content_percent, travel_percent, screens } = properties
    return { percent_scrolled, content_percent, travel_percent, screens }
  })
  cleanup()
  await expect.poll(() => hosts().length).toBe(0)
  return found
}

const fixed = () => {
  document.documentElement.style.height = '100%'
  document.body.style.cssText = 'height: 100%; margin: 0'
}

test.each<[string, number, PageProps, () => void]>([
  ['a long page', 6, { heightPx: 2_400 }, () => {}],
  ['a page whose root has the height of the window', 6, { heightPx: 2_400 }, fixed],
  ['a page that a user cannot scroll', 0, { heightPx: 600 }, () => {}],
  ['an app shell', 6, { heightPx: 2_400, shell: { height: '100vh', overflow: 'auto' } }, fixed],
])('%s has the same scroll depth while the overlay is docked below it', async (_, marks, given, style) => {
  style()
  const users = await depths(given, false)
  expect(users).toHaveLength(marks)
  expect(await depths(given, true)).toEqual(users)
})

import { createTestTracker } from 'react-microconversions/testing'
import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import '../../src/devtools/later.ts'
import { cleanOverlay } from '../support/clean-overlay.ts'
import { hosts, mountApp, option, plan } from '../support/overlay.tsx'

const onCleanup = cleanOverlay(1280, 900)

const share = () => page.getByRole('group', { name: 'Share' })

/** Opens the detail of one attempt. */
async function openDetail() {
  const { tracker } = createTestTracker(plan, { consent: 'granted' })
  onCleanup(tracker.dispose, mountApp({ tracker, defaultOpen: true }))
  tracker.track('link_followed', { index: 7 })
  await option(/link_followed/).click()
  await expect.element(share()).toBeVisible()
}

test('the detail shares an attempt with one click: ticket, test, link, cURL', async () => {
  const written: string[] = []
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text))
  await openDetail()
  for (const name of ['Ticket', 'Test', 'Link', 'cURL', 'JSON']) {
    await share().getByRole('button', { name, exact: true }).click()
    await vi.waitFor(() => expect(written.at(-1)).toBeDefined())
  }
  const [ticket, test, link, curl, json] = written
  expect(ticket).toMatch(/^\*\*link\\_followed\*\*, attempt 1: Fired/)
  expect(test).toContain("from 'react-microconversions/testing/playwright'")
  expect(decodeURIComponent(link ?? '')).toContain('#rmc-filter=event:"link_followed" reason:"admitted"')
  expect(curl).toContain('http()')
  expect(JSON.parse(json ?? '')).toMatchObject({ properties: { index: 7 } })
  await share().getByRole('combobox', { name: 'Test for' }).selectOptions('Vitest')
  await share().getByRole('button', { name: 'Test', exact: true }).click()
  await vi.waitFor(() => expect(written.at(-1)).toContain("from 'vitest'"))
})

const RED = [255, 0, 0, 255]

/** Stream of a red tab, as the browser gives it once the user has agreed. */
function redTab(): MediaStream {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  const draw = () => {
    context.fillStyle = 'rgb(255 0 0)'
    context.fillRect(0, 0, canvas.width, canvas.height)
  }
  draw()
  const timer = setInterval(draw, 20) // a frame is captured only when something is drawn
  onCleanup(() => clearInterval(timer))
  return canvas.captureStream()
}

async function firstPixel(picture: Blob): Promise<readonly number[]> {
  const bitmap = await createImageBitmap(picture)
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
  context?.drawImage(bitmap, 0, 0)
  return [...(context?.getImageData(0, 0, 1, 1).data ?? [])]
}

test('a screenshot is saved with its ticket; the panel is away while it is taken', async () => {
  const files = new Map<string, Blob>()
  const blobs = vi.spyOn(URL, 'createObjectURL')
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    files.set(this.download.replace(/^.*\./, ''), blobs.mock.lastCall?.[0] as Blob)
  })
  const stream = redTab()
  const shown: boolean[] = []
  const isShown = () => hosts()[0]?.checkVisibility({ visibilityProperty: true }) === true
  vi.spyOn(navigator.mediaDevices, 'getDisplayMedia').mockImplementation(async () => {
    shown.push(isShown())
    return stream
  })
  await openDetail()
  await share().getByRole('button', { name: 'Screenshot' }).click()
  await expect.element(share().getByRole('button', { name: 'Saved' })).toBeVisible()
  expect(shown).toEqual([false])
  expect(isShown()).toBe(true)
  expect([...files.keys()]).toEqual(['png', 'md'])
  expect(await firstPixel(files.get('png') as Blob)).toEqual(RED)
  expect(await files.get('md')?.text()).toMatch(/link\\_followed[\s\S]*!\[The page\]\(acme-3-.*\.png\)/)
  expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended'])
})

test('a tester who refuses the screenshot is told so, and has the panel again', async () => {
  vi.spyOn(navigator.mediaDevices, 'getDisplayMedia').mockRejectedValue(
    new DOMException('Permission denied', 'NotAllowedError'),
  )
  await openDetail()
  await share().getByRole('button', { name: 'Screenshot' }).click()
  await expect.element(share().getByRole('button', { name: 'Not allowed' })).toBeVisible()
  expect(hosts()[0]?.hasAttribute('data-away')).toBe(false)
})

import { renderToStaticMarkup } from 'react-dom/server'
import { consentMode, consentModeDefault } from 'react-microconversions/consent'
import { afterEach, expect, test } from 'vitest'

afterEach(() => {
  document.querySelector('iframe')?.remove()
  Reflect.deleteProperty(window, 'dataLayer')
})

/** A page of its own, under a policy that runs scripts with the nonce only. */
async function open(head: string): Promise<Window & { readonly dataLayer?: readonly ArrayLike<unknown>[] }> {
  const frame = document.createElement('iframe')
  const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-r4nd0m'">`
  frame.srcdoc = `<!doctype html><html><head>${policy}${head}</head><body></body></html>`
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.body.append(frame)
  await loaded
  return frame.contentWindow as Window
}

const script = (text: string, nonce?: string) =>
  // biome-ignore lint/security/noDangerouslySetInnerHtml: as a document has it
  renderToStaticMarkup(<script nonce={nonce} dangerouslySetInnerHTML={{ __html: text }} />)

/** As Google installs its tag. */
const google = script(
  'window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag("config","G-1")',
  'r4nd0m',
)

test('the snippet runs under a nonce, before the tag behind it', async () => {
  const page = await open(script(consentModeDefault(), 'r4nd0m') + google)
  expect(page.dataLayer?.map((entry) => Object.prototype.toString.call(entry))).toEqual([
    '[object Arguments]',
    '[object Arguments]',
  ])
  expect([...Array.from(page.dataLayer?.[0] ?? [])]).toEqual([
    'consent',
    'default',
    expect.objectContaining({ ad_storage: 'denied', security_storage: 'granted', wait_for_update: 500 }),
  ])
})

test('without the nonce the policy holds it back', async () => {
  const page = await open(script(consentModeDefault()) + google)
  expect(page.dataLayer?.map((entry) => entry[0])).toEqual(['config'])
})

test('no option can end the element and begin another', async () => {
  const region = ['</script><script nonce="r4nd0m">window.stolen = true</script>', '<!--<script>']
  const page = await open(script(consentModeDefault({ region }), 'r4nd0m') + google)
  expect('stolen' in page).toBe(false)
  expect(page.dataLayer).toHaveLength(2)
  expect(page.dataLayer?.[0]?.[2]).toMatchObject({ region })
})

test('what the document has begun, the application goes on with', async () => {
  const page = await open(script(consentModeDefault(), 'r4nd0m'))
  // The layer of that page, with `arguments` of another realm.
  Object.assign(window, { dataLayer: page.dataLayer })
  const stop = consentMode({
    consent: { get: () => ({ analytics: 'granted', marketing: 'denied' }), subscribe: () => () => {} },
  })
  stop()
  expect(page.dataLayer?.map((entry) => entry[1])).toEqual(['default', 'update'])
})

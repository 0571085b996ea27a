import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { type LinkReport, observeLinks, readLink } from '../../src/triggers/links.ts'

const here = location.hostname
let content: HTMLElement

const stay = (event: Event) => event.preventDefault()
beforeEach(() => {
  content = document.body.appendChild(document.createElement('article'))
  for (const type of ['click', 'auxclick', 'contextmenu']) window.addEventListener(type, stay)
})
afterEach(() => {
  content.remove()
  for (const type of ['click', 'auxclick', 'contextmenu']) window.removeEventListener(type, stay)
})

function linkOf(html: string): Element {
  content.innerHTML = html
  return content.firstElementChild as Element
}

describe('what a link is', () => {
  it.each([
    ['/pricing', 'internal', '/pricing'],
    ['#terms', 'internal', location.pathname],
    ['?tier=pro', 'internal', location.pathname],
    [`http://${here}:81/a`, 'internal', `http://${here}:81/a`],
    ['https://example.com/docs?q=secret#part', 'outbound', 'https://example.com/docs'],
    ['//example.com/docs', 'outbound', `${location.protocol}//example.com/docs`],
    ['https://ada:pw@example.com:8080/a', 'outbound', 'https://example.com:8080/a'],
    [
      'https://example.com/reset/8f14e45fceea167a5a36dedd4bea2543',
      'outbound',
      'https://example.com/reset/[token]',
    ],
    ['/invite/Zk3vQ9xLw2TnB7pR', 'internal', '/invite/[token]'],
    ['/guides/swaps.PDF?v=2', 'download', '/guides/swaps.PDF'],
    ['https://cdn.example.com/set.zip', 'download', 'https://cdn.example.com/set.zip'],
    ['/pdf', 'internal', '/pdf'],
    ['/a.pdf/view', 'internal', '/a.pdf/view'],
    ['tel:+4930901820', 'phone', ''],
    ['TEL:+4930901820', 'phone', ''],
    ['mailto:ada@example.com?subject=hi', 'mail', ''],
  ])('%s: %s', (href, fact, url) => {
    const found = readLink(linkOf(`<a href="${href}">x</a>`))
    expect(found?.fact).toBe(fact)
    expect(found?.payload.link_url).toBe(url.startsWith('/') ? location.origin + url : url)
  })

  it.each(['', ' href="javascript:void 0"', ' href="sms:123"', ' href="http://["', ' href="blob:null/1"'])(
    'is nothing: <a%s>',
    (attribute) => {
      expect(readLink(linkOf(`<a${attribute}>x</a>`))).toBeUndefined()
    },
  )

  it('tells what GA4 tells, and nothing of a query, a number or an address', () => {
    const html =
      '<a id="l" class="cta big" href="https://example.com/a%20b/guide.pdf?mail=ada@example.com">  Get\n <b>it</b> </a>'
    expect(readLink(linkOf(html))).toEqual({
      fact: 'download',
      factKey: 'download:https://example.com/a%20b/guide.pdf',
      payload: {
        link_url: 'https://example.com/a%20b/guide.pdf',
        link_domain: 'example.com',
        link_id: 'l',
        link_classes: 'cta big',
        outbound: true,
        link_text: 'Get it',
        file_name: 'guide.pdf',
        file_extension: 'pdf',
      },
    })
    const phone = readLink(linkOf('<a href="tel:+4930901820">+49 30 901820</a>'))
    expect(phone).toMatchObject({ factKey: 'phone', payload: { link_url: '', link_domain: '' } })
    expect(JSON.stringify([phone, readLink(linkOf('<a href="mailto:ada@example.com">Ada</a>'))])).not.toMatch(
      /901820|ada/i,
    )
  })

  it('names a download by its attribute', () => {
    const found = readLink(linkOf('<a href="blob:null/1" download="Report 3.csv">x</a>'))
    expect(found).toMatchObject({
      fact: 'download',
      payload: { link_url: '', outbound: false, file_name: 'Report 3.csv', file_extension: 'csv' },
    })
    expect(readLink(linkOf('<a href="/export" download>x</a>'))?.payload).toMatchObject({
      file_name: 'export',
      file_extension: '',
    })
  })

  it('counts domains of yours as this site, with what is below, and no namesakes', () => {
    const kind = (href: string) =>
      readLink(linkOf(`<a href="${href}">x</a>`), { ownDomains: ['www.Shop.example'] })?.fact
    expect(kind('https://shop.example/')).toBe('internal')
    expect(kind('https://eu.shop.example/')).toBe('internal')
    expect(kind('https://myshop.example/')).toBe('outbound')
    expect(kind('https://example/')).toBe('outbound')
  })

  it('reads links in SVG', () => {
    const svg = linkOf('<svg><a href="https://example.com/"><text>x</text></a></svg>')
    expect(readLink(svg.firstElementChild as Element)).toMatchObject({ fact: 'outbound' })
  })
})

describe('observeLinks', () => {
  function observe() {
    const reports: LinkReport[] = []
    const use = (found: LinkReport) => ({
      owner: reports,
      name: found.fact,
      report: () => void reports.push(found),
      onPageEnd: () => () => {},
    })
    const stop = observeLinks(content, () => ({}), use)
    return { reports, stop, kinds: () => reports.map(({ fact }) => fact) }
  }
  const link = () => content.querySelector('a') as HTMLElement

  it('hears links in a form whose controls are called like its properties', async () => {
    const errors: string[] = []
    const note = (event: ErrorEvent) => void errors.push(event.message)
    const controls = ['matches', 'localName', 'nodeType', 'closest'].map((name) => `<input name="${name}">`)
    content.innerHTML = `<form>${controls.join('')}<a href="https://example.com/a">Go</a></form>`
    const { kinds, stop } = observe()
    window.addEventListener('error', note)
    link().click()
    content.querySelector('input')?.click()
    await expect.poll(kinds).toEqual(['outbound'])
    window.removeEventListener('error', note)
    stop()
    expect(errors).toEqual([])
  })

  it.each<[string, () => Promise<unknown>]>([
    [
      'reports a click on what is inside once',
      () => userEvent.click(content.querySelector('b') as HTMLElement),
    ],
    ['reports a modifier once', () => userEvent.click(link(), { modifiers: ['Control'] })],
    ['reports the middle button once', () => userEvent.click(link(), { button: 'middle' })],
    [
      'reports Enter once',
      async () => {
        link().focus()
        await userEvent.keyboard('{Enter}')
      },
    ],
  ])('%s', async (_, use) => {
    content.innerHTML = '<p><a href="https://example.com/">See <b>this</b></a></p>'
    const { kinds } = observe()
    await use()
    expect(kinds()).toEqual(['outbound'])
  })

  it('is silent on the right button, on text, around the container, and once it is stopped', async () => {
    const around = document.createElement('a')
    around.href = 'https://example.com/around'
    content.replaceWith(around)
    around.append(content)
    content.innerHTML = '<p>text</p><a href="https://example.com/">link</a>'
    const { kinds, stop } = observe()
    await userEvent.click(link(), { button: 'right' })
    await userEvent.click(content.querySelector('p') as HTMLElement)
    expect(kinds()).toEqual([])
    stop()
    await userEvent.click(link())
    expect(kinds()).toEqual([])
    around.remove()
  })

  it('hears links that come later, that hide their clicks, and those in an open shadow root', async () => {
    const { kinds } = observe()
    content.innerHTML = '<a href="tel:1">call</a><div></div>'
    link().addEventListener('click', (event) => event.stopImmediatePropagation(), true)
    link().addEventListener('click', (event) => event.preventDefault())
    window.addEventListener('click', stay, { capture: true, once: true })
    link().click()
    const root = (content.lastElementChild as HTMLElement).attachShadow({ mode: 'open' })
    root.innerHTML = '<a href="mailto:a@example.com">write</a>'
    ;(root.firstElementChild as HTMLElement).click()
    await expect.poll(kinds).toEqual(['mail', 'phone'])
  })
})

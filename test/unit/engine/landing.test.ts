import { describe, expect, test } from 'vitest'
import { landingOf } from '../../../src/engine/page/landing.ts'

const at = (href: string, referrer = '', more = {}) => landingOf({ url: href, referrer, ...more })

describe('campaign', () => {
  const tagged =
    'https://acme.example/pricing?utm_source=news&utm_medium=email&utm_campaign=Spring%20Sale&utm_term=shoes&utm_content=top&utm_id=21234567890&gclid=Cj0K#x'

  test('the parameters of the landing, under their names in GA4', () => {
    expect(at(tagged)).toEqual({
      url: 'https://acme.example/pricing',
      path: '/pricing',
      referrer: '',
      referrerClass: 'direct',
      campaign: {
        id: '21234567890',
        source: 'news',
        medium: 'email',
        name: 'Spring Sale',
        term: 'shoes',
        content: 'top',
        click: 'gclid',
      },
    })
  })

  test('the value of a click only on request, and never a part of it', () => {
    expect(at(tagged, '', { clickIds: true }).campaign).toMatchObject({ click: 'gclid', clickId: 'Cj0K' })
    const long = `https://acme.example/?ScCid=${'x'.repeat(501)}`
    expect(at(long, '', { clickIds: true }).campaign).toEqual({ click: 'sccid' })
  })

  test('values are bounded, and redacted', () => {
    const { campaign } = at(
      `https://acme.example/?utm_source=${'n'.repeat(300)}&utm_content=jane%40example.com&UTM_TERM=a`,
    )
    expect(campaign).toEqual({ source: 'n'.repeat(100), content: '[email]', term: 'a' })
  })

  test.each([
    ['https://acme.example/', false],
    ['https://acme.example/?utm_source=', false],
    ['https://acme.example/?utmost=1&gclids=2', false],
    ['https://acme.example/#utm_source=news', false],
    ['not an address', false],
    ['https://acme.example/?utm_campaign=x', true],
    ['https://acme.example/?li_fat_id=x', true],
  ])('%s: %s', (href, expected) => {
    expect(at(href).campaign !== undefined).toBe(expected)
  })
})

describe('addresses', () => {
  test('without query, user, and what is personal in a path', () => {
    const landing = at(
      'https://jane:x@acme.example/u/jane%40example.com?page=2&s=1',
      'https://other.example/in/0612345678?q=secret',
      { allowed: ['page'] },
    )
    expect(landing).toMatchObject({
      url: 'https://acme.example/u/[email]?page=2',
      path: '/u/[email]',
      referrer: 'https://other.example/in/[phone]',
    })
  })

  test('always a path', () => {
    expect(at('https://acme.example').path).toBe('/')
    expect(at('').path).toBe('/')
  })
})

describe('referrer', () => {
  test.each([
    ['', 'direct'],
    ['https://www.acme.example/a', 'internal'],
    ['https://blog.acme.example/', 'internal'],
    ['https://notacme.example/', 'other'],
    ['https://www.google.com/', 'search'],
    ['https://www.google.co.uk/', 'search'],
    ['https://r.search.yahoo.com/', 'search'],
    ['https://search.brave.com/', 'search'],
    ['https://duckduckgo.com/', 'search'],
    ['android-app://com.google.android.googlequicksearchbox/', 'search'],
    ['https://docs.google.com/', 'other'],
    ['https://google.com.evil.example/', 'other'],
    ['https://l.facebook.com/', 'social'],
    ['https://t.co/abc', 'social'],
    ['https://cut.co/', 'other'],
    ['https://old.reddit.com/r/x', 'social'],
    ['android-app://com.linkedin.android/', 'social'],
    ['https://mail.google.com/mail/u/0', 'mail'],
    ['https://outlook.live.com/', 'mail'],
    ['https://chatgpt.com/', 'ai'],
    ['https://www.perplexity.ai/', 'ai'],
    ['https://gemini.google.com/', 'ai'],
    ['https://copilot.microsoft.com/', 'ai'],
    ['https://claude.ai/', 'ai'],
    ['https://news.example/', 'other'],
    ['nonsense', 'other'],
  ])('%s is %s', (referrer, expected) => {
    expect(at('https://acme.example/', referrer).referrerClass).toBe(expected)
  })

  test('a page of the domain above, or below, is our own', () => {
    expect(at('https://shop.acme.example/', 'https://www.acme.example/').referrerClass).toBe('internal')
    expect(at('https://shop.acme.example/', 'https://blog.acme.example/').referrerClass).toBe('other')
  })
})

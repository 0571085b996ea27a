import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scrub, withoutCredentials } from '../../../src/support/address.ts'
import { withoutTokens } from '../../../src/support/tokens.ts'

test.each([
  ['https://example.com/a/b?token=x#part', [], 'https://example.com/a/b'],
  ['https://example.com/#/route?mail=x', [], 'https://example.com/'],
  ['https://jane:secret@example.com:8443/a', [], 'https://example.com:8443/a'],
  ['https://example.com/@jane', [], 'https://example.com/@jane'],
  ['https://example.com/?b=2&a=1&c=3&b=%20x', ['b', 'a'], 'https://example.com/?b=2&a=1&b=%20x'],
  ['https://example.com/?q=a?b', ['q'], 'https://example.com/?q=a?b'],
  ['https://example.com/?filter%5Bsize%5D=m', ['filter[size]'], 'https://example.com/?filter%5Bsize%5D=m'],
  ['https://example.com/?%E0%A4%A=1&a', ['a'], 'https://example.com/?a'],
  ['https:jane:secret@example.com/a', [], 'https:example.com/a'],
  ['https:\\\\jane:secret@example.com\\a', [], 'https:\\\\example.com\\a'],
  ['//jane:sec@ret@example.com/a@b', [], '//example.com/a@b'],
  ['https://a.example/web/https://jane:secret@b.example/', [], 'https://a.example/web/https://b.example/'],
  ['/fetch/https://jane:secret@b.example/x', [], '/fetch/https://b.example/x'],
  ['/fetch/https:/jane:se@cret@b.example/x', [], '/fetch/https:/b.example/x'],
  ['/fetch/https%3A%2F%2Fjane%3Asecret%40b.example%2Fx/y', [], '/fetch/[token]/y'],
  ['/fetch/https%253A%252F%252Fjane%253Asecret%2540b.example', [], '/fetch/[token]'],
  ['/fetch/https%3A%2F%2Fb.example%2F%40jane', [], '/fetch/https%3A%2F%2Fb.example%2F%40jane'],
  ['ftp://jane:secret@b.example/x', [], 'ftp://b.example/x'],
  ['/u/Zk3vQ9xLw2TnB7pR/login', [], '/u/[token]/login'],
  ['/orders/B0CHX1W1XY/share', [], '/orders/B0CHX1W1XY/share'],
  ['/users/12345678/password', [], '/users/12345678/password'],
  ['/login/orders/12345678', [], '/login/orders/12345678'],
  ['/login/email/482913', [], '/login/email/[token]'],
  ['/verify-email/jane%40example.com/482913', [], '/verify-email/jane%40example.com/[token]'],
  ['/activate/381%20204', [], '/activate/[token]'],
  ['/reset/abc123', [], '/reset/[token]'],
  ['/share/iPhone15Pro', [], '/share/iPhone15Pro'],
  ['/login/commit/9fceb02', [], '/login/commit/9fceb02'],
  ['https://auth.example/x/A1b2C3d4', [], 'https://auth.example/x/A1b2C3d4'],
  ['https://a.example/reset/8f14e45fceea167a5a36dedd4bea2543', [], 'https://a.example/reset/[token]'],
  ['/users/confirmation/xYz81kfLm92QaW/done', [], '/users/confirmation/[token]/done'],
  ['/verify-email/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', [], '/verify-email/[token]'],
  ['/u/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', [], '/u/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'],
  ['/x/sk_live_4eC39HqLyjWD/y', [], '/x/[token]/y'],
  ['/a;jsessionid=1A530637289A03B0?x', [], '/a;jsessionid=[token]'],
  ['/subscriptions/sub_1MowQVLkdIwHu7ixeRlqHVzs', [], '/subscriptions/sub_1MowQVLkdIwHu7ixeRlqHVzs'],
  [
    '/commit/9fceb02d0ae598e95dc970b74767f19372d61af8',
    [],
    '/commit/9fceb02d0ae598e95dc970b74767f19372d61af8',
  ],
  ['/auth/v2/oauth2/callback/google-2', [], '/auth/v2/oauth2/callback/google-2'],
  ['/author/jane-austen-b1775x', [], '/author/jane-austen-b1775x'],
  ['/relative?x=1#y', [], '/relative'],
  ['not an address? at all', [], 'not an address'],
  ['blob:https://example.com/9f0c', [], ''],
  ['data:text/plain,jane@example.com', [], ''],
  ['mailto:jane@example.com', [], ''],
  ['', [], ''],
])('%s, allowing %j', (href, allowed, expected) => {
  expect(scrub(href, allowed)).toBe(expected)
})

test.each(['a', '/', '@', ' ', 'a@', 'https://', '/reset/a1'])(
  'an address of ten megabytes of "%s" is read to its bound, and the rest does not leave',
  (unit) => {
    const address = `${unit.repeat(10_000_000 / unit.length)}/jane`
    for (const clean of [scrub, withoutCredentials, withoutTokens])
      expect(clean(address)).toMatch(/^(?!.*jane).{0,3500}\[unchecked\]$/s)
  },
)

test('the path of a file is its name, and stays', () => {
  const video = 'https://cdn.example/6b9e68b07dfee8cc2d116e4c51d6a957/video.m3u8'
  expect(withoutCredentials(video.replace('//', '//jane:secret@').concat('?sig=1#t=2'))).toBe(video)
})

test('whatever it is given: no throw, no fragment, no query that was not allowed', () => {
  const anyAddress = fc.oneof(fc.string(), fc.webUrl({ withFragments: true, withQueryParameters: true }))
  fc.assert(
    fc.property(anyAddress, fc.array(fc.string({ minLength: 1 })), (href, allowed) => {
      expect(scrub(href)).not.toMatch(/[?#]/)
      const [, query] = scrub(href, allowed).split(/\?(.*)/s)
      for (const [name] of new URLSearchParams(query ?? '')) expect(allowed).toContain(name)
    }),
  )
})

import fc from 'fast-check'
import { routeTemplate } from 'react-microconversions'
import { expect, test } from 'vitest'

test.each([
  ['/blog/swaps', { slug: 'swaps' }, '/blog/:slug'],
  ['/blog/h%C3%BChner', { slug: 'hühner' }, '/blog/:slug'],
  ['/blog/h%C3%BChner', { slug: 'h%C3%BChner' }, '/blog/:slug'],
  ['/blog/blog', { slug: 'blog' }, '/blog/:slug'],
  ['/a/a', { first: 'a', second: 'a' }, '/:first/:second'],
  ['/files/a/b', { '*': 'a/b' }, '/files/*'],
  ['/files/a/b', { _splat: 'a/b' }, '/files/*'],
  ['/files/a/b', { '*': 'a/b', _splat: 'a/b' }, '/files/*'],
  ['/a/b/a/b', { _splat: 'a/b', '*': 'a/b' }, '/a/b/*'],
  ['/7/files/7', { id: '7', '*': '7', _splat: '7' }, '/:id/files/*'],
  ['/files/', { '*': '', _splat: '' }, '/files/'],
  ['/files/a/b/', { '*': 'a/b/', _splat: 'a/b/' }, '/files/*'],
  ['/blog/a%2Fb', { slug: 'a/b' }, '/blog/:slug'],
  ['/blog/a%2Fb/edit', { slug: 'a/b' }, '/blog/:slug/edit'],
  ['/docs/a/b/', { path: ['a', 'b'] }, '/docs/:path/'],
  ['/docs', { path: undefined }, '/docs'],
  ['/docs', { path: '' }, '/docs'],
  ['/docs', { other: 'x' }, '/docs'],
  ['/100%', { share: '100%' }, '/:share'],
  ['/', {}, '/'],
])('%s %j', (pathname, params, template) => {
  expect(routeTemplate(pathname, params)).toBe(template)
})

test('finds any route again, whatever its parameters are', () => {
  const fixed = fc.constantFrom('blog', 'en', 'edit').map((text) => ({ text, value: undefined }))
  const name = fc.constantFrom('id', 'slug', 'tab', 'year')
  const value = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .filter((text) => !['blog', 'en', 'edit'].includes(text))
  const parameter = fc.record({ text: name, value })
  const route = fc.array(fc.oneof(fixed, parameter)).filter((parts) => {
    const names = parts.flatMap(({ text, value }) => (value === undefined ? [] : [text]))
    return new Set(names).size === names.length
  })
  fc.assert(
    fc.property(route, (parts) => {
      const params = Object.fromEntries(
        parts.flatMap(({ text, value }) =>
          value === undefined || value.includes('/') ? [] : [[text, value]],
        ),
      )
      const known = parts.filter(({ value }) => !value?.includes('/'))
      const pathname = known.map(({ text, value }) => `/${encodeURIComponent(value ?? text)}`).join('')
      const template = known.map(({ text, value }) => `/${value === undefined ? text : `:${text}`}`).join('')
      expect(routeTemplate(pathname, params)).toBe(template)
    }),
  )
})

import vm from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainCopy } from '../../../src/engine/decision/plain-copy.ts'
import { copyOf } from '../../../src/support/copy-of.ts'

const fail = () => {
  throw new Error('oops')
}
const said = ({ lost, changed }: ReturnType<typeof plainCopy>) =>
  [...lost, ...changed].map(({ path = [], message }) => `${path.join('.')}: ${message}`)

class Money {
  readonly currency = 'EUR'
  constructor(readonly value: number) {}
  get text() {
    return `${this.value} €`
  }
}
class Decimal {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toJSON() {
    return this.#text
  }
}

const ownJson = { b: 1, toJSON: (): unknown => ownJson }

describe('what JSON says, it says', () => {
  test.each<[string, unknown, unknown]>([
    [
      'text, numbers, booleans, null',
      { a: 'x', b: 1.5, c: true, d: null },
      { a: 'x', b: 1.5, c: true, d: null },
    ],
    ['nothing for undefined, null in a list', { a: undefined, b: [undefined, 1] }, { b: [null, 1] }],
    ['a hole is null', { a: Array.from({ length: 2 }).concat(1).slice(0, 3) }, { a: [null, null, 1] }],
    ['one zero', { a: -0 }, { a: 0 }],
    ['a date', { a: new Date(0) }, { a: '1970-01-01T00:00:00.000Z' }],
    ['an address', { a: new URL('https://a.test/') }, { a: 'https://a.test/' }],
    ['whatever has a toJSON', { a: new Decimal('12.50') }, { a: '12.50' }],
    [
      'what a toJSON gives is copied too',
      { a: { toJSON: () => ({ b: new Date(0) }) } },
      { a: { b: new Date(0).toJSON() } },
    ],
    ['an object that is its own JSON', { a: ownJson }, { a: { b: 1 } }],
    ['a bigint as text', { a: 12n }, { a: '12' }],
    [
      'a boxed value',
      { a: new String('x'), b: new Number(1), c: new Boolean(false) },
      { a: 'x', b: 1, c: false },
    ],
    ['no prototype', { a: Object.assign(Object.create(null), { b: 1 }) }, { a: { b: 1 } }],
    ['an object of another realm', vm.runInNewContext('({ a: { b: [1] } })'), { a: { b: [1] } }],
    ['half a surrogate pair is replaced', { a: 'x\uD83D', '\uDE00': '😀' }, { a: 'x\uFFFD', '\uFFFD': '😀' }],
  ])('%s', (_, given, expected) => {
    const copy = plainCopy(given)
    expect(copy.value).toEqual(expected)
    expect(said(copy)).toEqual([])
  })

  test('the name __proto__ is a name', () => {
    const { value } = plainCopy(JSON.parse('{"__proto__":{"polluted":1},"a":{"__proto__":2}}'))
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(JSON.stringify(copyOf(value))).toBe('{"__proto__":{"polluted":1},"a":{"__proto__":2}}')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('as JSON.stringify would have it, whatever JSON there is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 })), (given) => {
        const text = JSON.stringify(given)
        expect(JSON.stringify(plainCopy(given).value)).toBe(text)
        expect(JSON.stringify(copyOf(plainCopy(given).value))).toBe(text)
      }),
    )
  })
})

describe('what JSON cannot say is decided, with an issue', () => {
  class Own {
    [Symbol.toStringTag] = 'Own'
    a = 1
  }
  const circle: { self?: unknown } = {}
  circle.self = circle
  test.each<[string, unknown, unknown, readonly string[]]>([
    [
      'NaN and Infinity',
      { a: Number.NaN, b: [Number.POSITIVE_INFINITY, 1] },
      { b: [null, 1] },
      ['a: is no finite number', 'b.0: is no finite number'],
    ],
    ['functions and symbols', { a: fail, b: Symbol('x') }, {}, ['a: is a function', 'b: is a symbol']],
    [
      'maps, sets, files',
      { a: new Map(), b: new Set(), c: new File([], 'cv.pdf'), d: new Blob() },
      {},
      ['a: is a Map', 'b: is a Set', 'c: is a File', 'd: is a Blob'],
    ],
    [
      'bytes',
      { a: new Uint8Array(9), b: new ArrayBuffer(9) },
      {},
      ['a: is a Uint8Array', 'b: is a ArrayBuffer'],
    ],
    ['bytes with a toJSON', { a: Buffer.alloc(20_000) }, {}, ['a: is a Uint8Array']],
    [
      'a class gives its own fields',
      { a: new Money(9) },
      { a: { currency: 'EUR', value: 9 } },
      ['a: is an instance of a class: its own fields are taken'],
    ],
    [
      'a class with a tag too',
      { a: new Own() },
      { a: { a: 1 } },
      ['a: is an instance of a class: its own fields are taken'],
    ],
    [
      'a class of another realm',
      { a: vm.runInNewContext('new (class Money { value = 9 })()') },
      { a: { value: 9 } },
      ['a: is an instance of a class: its own fields are taken'],
    ],
    ['a map of another realm', { a: vm.runInNewContext('new Map()') }, {}, ['a: is a Map']],
    ['a circle', circle, {}, ['self: contains itself']],
    [
      'a getter that throws',
      {
        get a() {
          return fail()
        },
        b: 1,
      },
      { b: 1 },
      ['a: cannot be read'],
    ],
    [
      'a date that is none',
      { a: new Date(Number.NaN), b: [vm.runInNewContext('new Date(NaN)')] },
      { b: [null] },
      ['a: is an invalid date', 'b.0: is an invalid date'],
    ],
    ['a toJSON that throws', { a: { toJSON: fail }, b: 1 }, { b: 1 }, ['a: cannot be read']],
    [
      'a revoked proxy',
      {
        a: (() => {
          const { proxy, revoke } = Proxy.revocable({}, {})
          revoke()
          return proxy
        })(),
      },
      {},
      ['a: cannot be read'],
    ],
    [
      'a list that lies about its length',
      { a: new Proxy([], { get: (list, name) => (name === 'length' ? 2 ** 53 : Reflect.get(list, name)) }) },
      {},
      ['a: has too many values'],
    ],
    [
      'a React element',
      { a: { $$typeof: Symbol.for('react.transitional.element'), props: {}, _owner: circle } },
      {},
      ['a: is a React element'],
    ],
    [
      'a DOM node',
      { a: Object.create({ nodeType: 1 }, { __reactFiber$x: { value: circle, enumerable: true } }) },
      {},
      ['a: is a DOM node'],
    ],
    [
      'an event',
      { a: Object.create({ preventDefault() {} }, { target: { value: {}, enumerable: true } }) },
      {},
      ['a: is an event'],
    ],
    [
      'nesting without an end',
      { a: { b: { c: { d: { e: { f: { g: { h: { i: { j: 1 } } } } } } } } } },
      { a: { b: { c: { d: { e: { f: { g: { h: {} } } } } } } } },
      ['a.b.c.d.e.f.g.h.i: is nested too deep'],
    ],
    ['a text as long as a book', { a: 'x'.repeat(10_000_000), b: 1 }, { b: 1 }, ['a: is too long']],
    ['an endless number', { a: 2n ** 100_000n }, {}, ['a: is too long']],
    [
      'a list as long as a book',
      { a: Array.from({ length: 100_000 }), b: 1 },
      { b: 1 },
      ['a: has too many values'],
    ],
    [
      'an empty list of four billion',
      {
        a: (() => {
          const list: unknown[] = []
          list.length = 2 ** 32 - 1
          return list
        })(),
      },
      {},
      ['a: has too many values'],
    ],
    ['a list in the place of the properties', [1], {}, [': is no object']],
    ['an unreadable object in their place', new Proxy({}, { ownKeys: fail }), {}, [': cannot be read']],
  ])('%s', (_, given, value, issues) => {
    const copy = plainCopy(given)
    expect(copy.value).toEqual(value)
    expect(said(copy)).toEqual(issues)
  })

  test('many issues are told by a few', () => {
    const { value, lost } = plainCopy({ a: Array.from({ length: 5_000 }, () => fail) })
    expect(value['a']).toHaveLength(5_000)
    expect(lost.length).toBe(101)
    expect(lost.at(-1)).toEqual({ message: 'and more' })
  })

  test('what refers to one thing over and over does not grow without a bound', () => {
    let laughs: object = { ha: 'ha' }
    for (let level = 0; level < 7; level++) laughs = Array.from({ length: 20 }, () => laughs)
    expect(JSON.stringify(plainCopy({ laughs }).value).length).toBeLessThan(500_000)
  })

  test('a proxy that answers everything comes to an end', () => {
    const endless: object = new Proxy(
      {},
      {
        get: (_, name) => (name === 'toJSON' || name === '$$typeof' ? undefined : endless),
        ownKeys: () => ['a', 'b', 'c'],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
      },
    )
    expect(plainCopy({ endless }).lost.length).toBeGreaterThan(0)
  })
})

test('whatever is given: nothing is thrown, the copy is JSON, and shares nothing with it', () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withUnicodeString: false,
  })
  fc.assert(
    fc.property(fc.dictionary(fc.string(), anything), (given) => {
      const { value } = plainCopy(given)
      const text = JSON.stringify(value)
      expect(JSON.parse(text)).toEqual(value)
      const own = copyOf(value)
      ruin(given)
      expect(JSON.stringify(value)).toBe(text)
      ruin(value)
      expect(JSON.stringify(own)).toBe(text)
    }),
  )
})

/** Changes all that can be changed in it. */
function ruin(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  for (const name of Object.keys(value)) {
    ruin(Reflect.get(value, name), seen)
    Reflect.deleteProperty(value, name)
  }
  if (Array.isArray(value)) value.push('ruined')
  Reflect.set(value, 'ruined', true)
}

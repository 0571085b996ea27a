import { describe, expect, test } from 'vitest'
import {
  checklistLink,
  linkedChecklist,
  readChecklist,
  writeChecklist,
} from '../../../../src/devtools/checklist/checklist-file.ts'

const list = {
  name: 'Release',
  events: [{ event: 'a' }, { event: 'b', properties: { tier: 'pro' }, times: 1 }],
}

describe('a file', () => {
  test('gives the same list back', () => {
    expect(readChecklist(writeChecklist(list))).toEqual(list)
  })

  test.each([
    ['a list of names', '["a", {"event":"b"}]'],
    ['a name per line', 'a\n\n  b  \r\n'],
    ['an object without a format', '{"events":["a","b"]}'],
  ])('may be %s', (_, text) => {
    expect(readChecklist(text)).toEqual({ name: '', events: [{ event: 'a' }, { event: 'b' }] })
  })

  test.each([
    ['', 'It lists no event.'],
    ['{', 'It is not JSON.'],
    ['{"format":"rmc-session","events":["a"]}', 'It is not a checklist.'],
    ['{"events":"a"}', 'It lists no event.'],
    ['["a", 7]', 'Its event 2 is neither a name nor an object with the name in "event".'],
    ['{"version":2,"events":["a"]}', 'It has version 2; this overlay reads up to version 1.'],
    ['x'.repeat(200_001), 'It is longer than 200000 characters.'],
    [JSON.stringify(Array(201).fill('a')), 'It lists more than 200 events.'],
  ])('says what is wrong: %.40s', (text, problem) => {
    expect(readChecklist(text)).toEqual({ problem })
  })

  test('leaves out what it does not know', () => {
    const text = '[{"event":"a","properties":[1],"times":-1,"onClick":"x"}]'
    expect(readChecklist(text)).toEqual({ name: '', events: [{ event: 'a' }] })
  })
})

describe('a link', () => {
  const page = { href: 'https://a.test/x?y=1', hash: '' }

  test('carries the list in its fragment', () => {
    const link = checklistLink(list, page)
    expect(link).toMatch(/^https:\/\/a\.test\/x\?y=1#rmc-checklist=/)
    expect(linkedChecklist(new URL(link ?? '').hash)).toEqual(list)
  })

  test('leaves the fragment of the app alone, and takes none for its own', () => {
    expect(checklistLink(list, { href: 'https://a.test/#/cart', hash: '#/cart' })).toBeUndefined()
    expect(linkedChecklist('#/cart')).toBeUndefined()
    expect(linkedChecklist('#rmc-checklist=%E0%A4%A')).toEqual({ problem: 'The link is damaged.' })
  })
})

import { describe, expect, test } from 'vitest'
import { claimsOf } from '../../../src/engine/counts/frequency.ts'
import { createLedger, entriesOf } from '../../../src/engine/counts/ledger.ts'
import type { ScopeIds } from '../../../src/engine/counts/scopes.ts'
import { readCounts } from '../../../src/engine/counts/shared-counts.ts'
import { type FrequencyLimit, toRules } from '../../../src/plan/frequency.ts'
import { createManualPlatform } from '../../../src/testing/manual-platform.ts'

const scopes = (change: Partial<ScopeIds> = {}): ScopeIds => ({
  page: '1',
  tab: '',
  session: 's',
  user: 'u',
  ...change,
})
const entries = (limit: FrequencyLimit, ids = scopes()) =>
  entriesOf(claimsOf('seen', toRules(limit), {}, ''), ids)
const idOf = (limit: FrequencyLimit, ids = scopes()) => entries(limit, ids)[0]?.id ?? ''
const thrice: FrequencyLimit = { max: 3, per: 'session' }

describe('what is reserved', () => {
  test('counts until it is given back', () => {
    const ledger = createLedger()
    ledger.reserve(entries(thrice), 10)
    ledger.reserve(entries(thrice), 10)
    expect(ledger.times(idOf(thrice))).toEqual([10, 10])
    ledger.giveBack(entries(thrice), 10)
    expect(ledger.times(idOf(thrice))).toEqual([10])
  })

  test('stands with what is spent, oldest first', () => {
    const ledger = createLedger()
    ledger.spend(entries(thrice), 20)
    ledger.reserve(entries(thrice), 10)
    expect(ledger.times(idOf(thrice))).toEqual([10, 20])
  })
})

describe('a scope that gets another id', () => {
  test('takes along what is spent and reserved, to what is there already', () => {
    const ledger = createLedger()
    const mine = { id: 'mine' }
    const own = () => entries(thrice, scopes({ session: mine.id }))
    const other = () => entries(thrice, scopes({ session: 'theirs' }))
    ledger.spend(own(), 1)
    ledger.reserve(own(), 2)
    ledger.spend(other(), 3)
    ledger.reserve(other(), 4)
    mine.id = 'theirs'
    ledger.rename('session', 'mine', 'theirs')
    expect(ledger.times(other()[0]?.id ?? '')).toEqual([1, 2, 3, 4])
    ledger.giveBack(own(), 2)
    expect(ledger.times(other()[0]?.id ?? '')).toEqual([1, 3, 4])
  })

  test('does not take along what belongs to another whose id begins alike', () => {
    const ledger = createLedger()
    ledger.spend(entries(thrice, scopes({ session: 'a1' })), 1)
    ledger.rename('session', 'a', 'b')
    expect(ledger.times(idOf(thrice, scopes({ session: 'a1' })))).toEqual([1])
  })
})

test('a scope that ends is forgotten, and no other', () => {
  const ledger = createLedger()
  const perPage: FrequencyLimit = { per: 'page' }
  ledger.spend(entries(perPage), 1)
  ledger.spend(entries(perPage, scopes({ page: '10' })), 2)
  ledger.forget('page', '1')
  expect(ledger.times(idOf(perPage))).toEqual([])
  expect(ledger.times(idOf(perPage, scopes({ page: '10' })))).toEqual([2])
})

test('what is over is swept out, and nothing else whose name begins alike', async () => {
  const platform = createManualPlatform()
  const database = await platform.openDatabase('acme')
  database.put(
    new Map([
      ['user:gone:demo', { times: [1] }],
      ['user:gone:demo_booked', { times: [30] }],
      ['session:gone:demo', { times: [2] }],
    ]),
  )
  await createLedger().attach(database, readCounts(database), { session: 's', user: 'u' }, 20)
  await platform.settle()
  expect([...(await database.readAll('')).keys()]).toEqual(['user:gone:demo_booked'])
})

import { definePlan, event } from 'react-microconversions/core'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createManualPlatform, type ManualPlatform } from '../../../src/testing/manual-platform.ts'
import { describeDatabase } from '../../support/database-conformance.ts'

let platform: ManualPlatform
beforeEach(() => {
  platform = createManualPlatform()
})

describeDatabase('the database of the manual platform', () => platform.openTab().openDatabase('test'))

describe('settle', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test.each([
    ['real timers', () => {}],
    ['fake timers', () => vi.useFakeTimers()],
    [
      'fake timers, where there are no message channels',
      () => {
        vi.useFakeTimers()
        vi.stubGlobal('MessageChannel', undefined)
      },
    ],
  ])('lets everything asynchronous happen under %s', async (_, arrange) => {
    arrange()
    const { tracker, destination } = createTestTracker(
      definePlan({
        name: 'settled',
        version: '1',
        events: { step_taken: event({ frequency: 'once-per-user' }) },
      }),
      { platform },
    )
    tracker.track('step_taken')
    await platform.settle()
    expect(destination.events).toHaveLength(1)
  })
})

describe('time', () => {
  test('stands still until it is advanced, and runs what is due, in order', () => {
    const ran: string[] = []
    platform.later(20, () => ran.push('second'))
    platform.later(10, () => {
      ran.push('first')
      platform.later(5, () => ran.push('between'))
    })
    const cancel = platform.later(15, () => ran.push('never'))
    cancel()
    const before = platform.now()
    platform.advance(19)
    expect(ran).toEqual(['first', 'between'])
    platform.advance(1)
    expect(ran).toEqual(['first', 'between', 'second'])
    expect(platform.now() - before).toBe(20)
  })

  test('is one for all tabs', () => {
    const other = platform.openTab()
    platform.advance(10)
    expect(other.now()).toBe(platform.now())
  })
})

describe('storage', () => {
  test('is shared by tabs, which hear of each other', () => {
    const other = platform.openTab()
    const heard: (string | undefined)[] = []
    other.lifecycle.onStorage((key) => heard.push(key))
    platform.local.set('a', '1')
    expect(other.local.get('a')).toBe('1')
    expect(heard).toEqual(['a'])
    platform.local.set('a', '1')
    platform.local.remove('b')
    expect(heard).toEqual(['a'])
    platform.local.remove('a')
    expect(heard).toEqual(['a', 'a'])
  })

  test('with staleReads is seen by other tabs only when they look', () => {
    const stale = createManualPlatform({ staleReads: true })
    const other = stale.openTab()
    stale.local.set('a', '1')
    expect([stale.local.get('a'), other.local.get('a')]).toEqual(['1', undefined])
    other.sync()
    expect(other.local.get('a')).toBe('1')
    expect(stale.openTab().local.get('a')).toBe('1')
  })

  test('of a tab survives a page load, and is not that of another tab', () => {
    platform.tab.set('a', '1')
    expect(platform.reload().tab.get('a')).toBe('1')
    expect(platform.openTab().tab.get('a')).toBeUndefined()
  })

  test('that is blocked is memory of one page', async () => {
    const blocked = createManualPlatform({ storage: 'blocked' })
    blocked.local.set('a', '1')
    expect(blocked.local.get('a')).toBe('1')
    expect(blocked.openTab().local.get('a')).toBeUndefined()
    await expect(blocked.openDatabase('test')).rejects.toThrow('blocked')
    expect(blocked.stored()).toEqual({})
  })
})

import { describe, expect, test } from 'vitest'
import {
  growthOf,
  positionAt,
  positionBeyond,
  positions,
  stopAt,
  stopHeight,
} from '../../../src/devtools/shell/places.ts'

describe('positionAt', () => {
  test.each([
    [10, 10, 'top-left'],
    [600, 10, 'top'],
    [1270, 400, 'right'],
    [1270, 790, 'bottom-right'],
    [640, 500, 'bottom'],
    [500, 400, 'left'],
    [-50, 900, 'bottom-left'],
  ])('%d, %d of 1280 by 800: %s', (x, y, position) => {
    expect(positionAt(x, y, 1280, 800)).toBe(position)
  })
})

describe('positionBeyond', () => {
  test.each([
    ['bottom-right', 'ArrowLeft', 'bottom'],
    ['bottom-right', 'ArrowUp', 'right'],
    ['bottom', 'ArrowUp', 'top'],
    ['left', 'ArrowRight', 'right'],
    ['right', 'ArrowDown', 'bottom-right'],
    ['top-left', 'ArrowUp', undefined],
    ['top', 'ArrowUp', undefined],
    ['top', 'Enter', undefined],
  ] as const)('%s, %s: %s', (from, key, to) => {
    expect(positionBeyond(from, key)).toBe(to)
  })

  test('the arrow keys reach every position, and lead back', () => {
    const back = {
      ArrowUp: 'ArrowDown',
      ArrowDown: 'ArrowUp',
      ArrowLeft: 'ArrowRight',
      ArrowRight: 'ArrowLeft',
    }
    const reached = new Set<string>()
    for (const from of positions) {
      for (const [key, opposite] of Object.entries(back)) {
        const to = positionBeyond(from, key)
        if (!to) continue
        reached.add(to)
        expect(positionBeyond(to, opposite)).toBe(from)
      }
    }
    expect([...reached].sort()).toEqual([...positions].sort())
  })
})

test('an edge is the one that looks to the middle of the page', () => {
  expect(growthOf('height', 'floating', 'bottom-right')).toBe(-1)
  expect(growthOf('width', 'floating', 'bottom-right')).toBe(-1)
  expect(growthOf('height', 'floating', 'top-left')).toBe(1)
  expect(growthOf('width', 'floating', 'top-left')).toBe(1)
  expect(growthOf('width', 'floating', 'bottom')).toBe(-2)
  expect(growthOf('height', 'floating', 'left')).toBe(-2)
  expect(growthOf('height', 'sheet', 'top-left')).toBe(-1)
  expect(growthOf('height', 'bottom', 'top-left')).toBe(-1)
  expect(growthOf('width', 'left', 'top-right')).toBe(1)
})

describe('the sheet of a phone', () => {
  test.each([
    ['low', 740, 207],
    ['half', 740, 370],
    ['full', 740, 732],
    ['half', 500, 320],
    ['half', 256, 248],
  ] as const)('rests %s in %d px at %d px', (stop, viewport, height) => {
    expect(stopHeight(stop, viewport)).toBe(height)
  })

  test.each([
    [120, 'low'],
    [300, 'half'],
    [520, 'half'],
    [600, 'full'],
  ] as const)('let go at %d px of 740 it rests %s', (height, stop) => {
    expect(stopAt(height, 740)).toBe(stop)
  })
})

import { expect, test } from 'vitest'
import { parseShortcut, shortcutOf } from '../../../src/devtools/shell/shortcut.ts'

const press = (key: string, code: string, ...held: ('ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey')[]) => {
  const up = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false }
  return { ...up, ...Object.fromEntries(held.map((name) => [name, true])), key, code }
}

test('a press has one name, whatever the layout and the order of its keys', () => {
  expect(shortcutOf(press('M', 'KeyM', 'shiftKey', 'altKey'))).toBe('Alt+Shift+M')
  // A Mac writes another letter with Alt; a French keyboard has its M elsewhere.
  expect(shortcutOf(press('Â', 'KeyM', 'altKey', 'shiftKey'))).toBe('Alt+Shift+M')
  expect(shortcutOf(press('m', 'Semicolon', 'ctrlKey', 'altKey'))).toBe('Ctrl+Alt+M')
  expect(shortcutOf(press('F8', 'F8', 'ctrlKey', 'shiftKey'))).toBe('Ctrl+Shift+F8')
})

test('what somebody may be typing, or needs elsewhere, is none', () => {
  expect(shortcutOf(press('m', 'KeyM'))).toBeUndefined()
  expect(shortcutOf(press('M', 'KeyM', 'shiftKey'))).toBeUndefined()
  expect(shortcutOf(press('c', 'KeyC', 'metaKey'))).toBeUndefined()
  expect(shortcutOf(press('Shift', 'ShiftLeft', 'altKey', 'shiftKey'))).toBeUndefined()
  expect(shortcutOf(press('Tab', 'Tab', 'altKey', 'shiftKey'))).toBeUndefined()
})

test('a written one is put in order, or refused', () => {
  expect(parseShortcut('shift+alt+m')).toBe('Alt+Shift+M')
  expect(parseShortcut('Alt+Shift+M')).toBe('Alt+Shift+M')
  for (const text of ['', 'm', 'Shift+M', 'Alt+Alt+M', 'Alt+Shift+Space', 'Hyper+Alt+M', 'Alt+Shift+F100']) {
    expect(parseShortcut(text)).toBeUndefined()
  }
})

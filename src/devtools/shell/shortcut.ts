const modifiers = ['Ctrl', 'Alt', 'Shift', 'Meta'] as const
type Modifier = (typeof modifiers)[number]

/**
 * Keyboard shortcut such as `'Alt+Shift+M'`: at least two of Ctrl, Alt, Shift and Meta, and a letter, a digit or a
 * function key.
 */
export type OverlayShortcut = `${Modifier}+${Modifier}+${string}`

export const DEFAULT_SHORTCUT: OverlayShortcut = 'Alt+Shift+M'

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>

/** Returns the shortcut of a key press; undefined for a press that may be text input or a browser shortcut. */
export function shortcutOf({ key, code, ctrlKey, altKey, shiftKey, metaKey }: Press): string | undefined {
  // On a Mac, Alt changes the letter.
  const name = /^[a-z\d]$/i.test(key) ? key : code.replace(/^(Key|Digit)/, '')
  const down = { Ctrl: ctrlKey, Alt: altKey, Shift: shiftKey, Meta: metaKey }
  return parseShortcut([...modifiers.filter((modifier) => down[modifier]), name].join('+'))
}

/** Normalizes order and case of a shortcut; returns undefined if the text is not a shortcut. */
export function parseShortcut(text: string): string | undefined {
  const parts = text.toUpperCase().split('+')
  const name = parts.pop() ?? ''
  const held = modifiers.filter((modifier) => parts.includes(modifier.toUpperCase()))
  const fits = held.length >= 2 && held.length === parts.length && /^([A-Z\d]|F\d\d?)$/.test(name)
  return fits ? [...held, name].join('+') : undefined
}

/** Returns whether the event comes from a text field, where typing takes precedence over shortcuts. */
export function isWriting(event: Event): boolean {
  // The target may belong to another window, with another `HTMLElement` class.
  const target = event.composedPath()[0] as Partial<HTMLElement> | undefined
  return target?.isContentEditable === true || target?.matches?.('input, textarea, select') === true
}

const modifiers = ['Ctrl', 'Alt', 'Shift', 'Meta'] as const
type Modifier = (typeof modifiers)[number]

/** `'Alt+Shift+M'`: at least two of Ctrl, Alt, Shift, Meta, and a letter, a digit or a function key. */
export type OverlayShortcut = `${Modifier}+${Modifier}+${string}`

export const DEFAULT_SHORTCUT: OverlayShortcut = 'Alt+Shift+M'

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>

/** The name of a key press; undefined where typing, or a shortcut of the browser, may have it. */
export function shortcutOf({ key, code, ctrlKey, altKey, shiftKey, metaKey }: Press): string | undefined {
  // With Alt, a Mac writes another letter.
  const name = /^[a-z\d]$/i.test(key) ? key : code.replace(/^(Key|Digit)/, '')
  const down = { Ctrl: ctrlKey, Alt: altKey, Shift: shiftKey, Meta: metaKey }
  return parseShortcut([...modifiers.filter((modifier) => down[modifier]), name].join('+'))
}

/** In one order and case, or undefined if it is no shortcut. */
export function parseShortcut(text: string): string | undefined {
  const parts = text.toUpperCase().split('+')
  const name = parts.pop() ?? ''
  const held = modifiers.filter((modifier) => parts.includes(modifier.toUpperCase()))
  const fits = held.length >= 2 && held.length === parts.length && /^([A-Z\d]|F\d\d?)$/.test(name)
  return fits ? [...held, name].join('+') : undefined
}

/** Where somebody may be writing: text goes before shortcuts. */
export function isWriting(event: Event): boolean {
  // It may be of another window, whose HTMLElement is another one.
  const target = event.composedPath()[0] as Partial<HTMLElement> | undefined
  return target?.isContentEditable === true || target?.matches?.('input, textarea, select') === true
}

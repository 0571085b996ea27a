import { printable } from '../text/printable.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Returns a text for HTML, inside of elements and of quoted attributes: names and values may be input of strangers. */
export const escaped = (text: string): string =>
  printable(text).replaceAll(/[&<>"']/g, (found) => entities[found] as string)

/** Characters that control a terminal or hide in text, such as escape, line ends and marks of direction. */
const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Returns a text without control characters: names and values may be input of strangers. */
export const printable = (text: string): string => text.replaceAll(control, '\uFFFD')

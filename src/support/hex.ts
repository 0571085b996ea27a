/** Two digits a byte, in lower case. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** 32 hexadecimal digits in the form of a UUID (RFC 9562); the 13th and the 17th give way to version and variant. */
export const uuidOf = (digits: string, version: 7 | 8): string =>
  digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, `$1-$2-${version}$3-8$4-`)

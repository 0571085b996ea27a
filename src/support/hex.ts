/** Returns two hexadecimal digits for each byte, in lower case. */
export function hexOf(bytes: Uint8Array): string {
  let digits = ''
  for (const byte of bytes) digits += (byte < 16 ? '0' : '') + byte.toString(16)
  return digits
}

/** Formats 32 hexadecimal digits as a UUID (RFC 9562). Version and variant replace the 13th and the 17th digit. */
export const uuidOf = (digits: string, version: 7 | 8): string =>
  `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${version}${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`

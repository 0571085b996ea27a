import { hexOf } from '../support/hex.ts'

/** Returns the SHA-256 hash in lower-case hexadecimal. Rejects outside a secure context. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return hexOf(new Uint8Array(digest))
}

/** Something that looks like personal data: its kind and its path, never the text itself. */
export interface Finding {
  readonly kind: PersonalDataKind
  /** Path such as `properties.contact.mail`, `page.url`, `scope.user`. */
  readonly path: string
}

/**
 * Kind of personal data. `token`: a key, a session id, a password, a code of a reset or magic link; `number`: a long
 * run of digits; `unchecked`: too deep, too long, too many, or unreadable.
 */
export type PersonalDataKind = 'email' | 'phone' | 'card' | 'iban' | 'jwt' | 'token' | 'number' | 'unchecked'

/**
 * Handling of personal data: `block` drops the attempt; `redact` replaces it by `[email]` and the like; `allow` checks
 * nothing.
 */
export type PersonalDataPolicy = 'block' | 'redact' | 'allow'

import { MicroconversionError } from '../../support/errors.ts'

/**
 * Throws RMC206 if a hook received something other than its options object. For development only. `call` is the
 * argument that the message shows.
 */
export function needsObject(options: unknown, hook: string, call: string): void {
  if (typeof options === 'object') return
  throw new MicroconversionError(
    'RMC206',
    `${hook} takes one object, and was given ${typeof options === 'string' ? `"${options}"` : typeof options}. Write \`${hook}(${call})\`.`,
  )
}

import { vi } from 'vitest'

/** Longer than any state takes on a machine under load. */
const PATIENCE_MS = 60_000

// Vitest has no option for these; the second that they wait otherwise goes by in one task of a busy machine.
const { waitFor, waitUntil } = vi
type Options = Parameters<typeof waitFor>[1]
const patient = (options: Options) => ({
  timeout: PATIENCE_MS,
  ...(typeof options === 'number' ? { timeout: options } : options),
})
vi.waitFor = (check, options) => waitFor(check, patient(options))
vi.waitUntil = (check, options) => waitUntil(check, patient(options))

import type { Manifest } from '../../plan/manifest.ts'
import type { EventRow } from '../rows/row.ts'
import type { Sink } from './sink.ts'

/** A sink whose rows and manifests a test can read. */
export interface MemorySink extends Sink {
  /** Appended rows, oldest first. */
  readonly rows: readonly EventRow[]
  /** Manifests of the plans. */
  readonly manifests: readonly Manifest[]
}

/**
 * Keeps rows in a list, for tests.
 *
 * @example
 * const sink = memory()
 * const collector = createCollector({ plan, sink })
 * // …
 * expect(sink.rows.map(({ name }) => name)).toEqual(['page_view'])
 */
export function memory(): MemorySink {
  const rows: EventRow[] = []
  const manifests: Manifest[] = []
  return {
    rows,
    manifests,
    async append(more) {
      // One at a time, because a call takes only some 100,000 arguments.
      for (const row of more) rows.push(row)
    },
    async describe(manifest) {
      manifests.push(manifest)
    },
  }
}

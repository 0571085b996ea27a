import type { Result } from './measure.ts'

const cells = (values: readonly (string | number)[]) => `| ${values.join(' | ')} |`

/** Markdown. */
export function table(results: readonly Result[]): string {
  return [
    cells(['scenario', 'sent', 'arrived', 'lost', 'duplicates by id', 'redundant copies']),
    cells(['---', '---:', '---:', '---:', '---:', '---:']),
    ...results.map(({ name, promised, sent, unheard, arrived, lost, duplicates, redundant }) =>
      cells([
        `${name}${promised ? '' : ' (not promised)'}${unheard.length ? ` (${unheard.length} of pages ended without pagehide)` : ''}`,
        sent,
        arrived,
        lost.length,
        duplicates.length,
        redundant,
      ]),
    ),
  ].join('\n')
}

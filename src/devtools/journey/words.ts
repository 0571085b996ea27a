import type { Anomaly } from '../../engine/journey/journey-view.ts'
import type { After } from '../../plan/after.ts'

/** Says when a derived event fires that waits for something not to happen; empty for any other. */
export const noticedInWords = ({ without }: After<object, string>): string =>
  without === undefined ? '' : 'The tracker notices it on the next page that the user opens.'

/** Describes what is wrong with the place of an event, to follow its name: `came before pricing_viewed, …`. */
export function anomalyInWords({ kind, funnel, missing }: Anomaly): string {
  if (kind === 'double-macro') return 'is a macro conversion, and fired twice in this session'
  return kind === 'skipped-step'
    ? `came before ${missing}, which the funnel ${funnel} expects first`
    : `ended the funnel ${funnel}, whose first step, ${missing}, never happened`
}

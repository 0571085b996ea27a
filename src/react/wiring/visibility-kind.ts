import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { VisibilityFacts } from '../../plan/facts.ts'
import { createWarn, type Warn } from '../../support/errors.ts'
import {
  observeVisibility,
  type VisibilityMemory,
  type VisibilityOptions,
} from '../../triggers/visibility.ts'
import type { ObservedKind } from './observed-in-page.ts'
import type { FactOptions } from './report.ts'

export interface ErasedVisibilityOptions extends VisibilityOptions {
  readonly events?: FactOptions['events']
  readonly properties?: Properties | undefined
}

/** Returns the kind that impression and dwell share: `standard` names the facts to report. */
export const visibilityKind = (
  component: string,
  standard: Readonly<Partial<Record<keyof VisibilityFacts, string>>>,
): ObservedKind<ErasedVisibilityOptions, VisibilityMemory> => ({
  component,
  standard,
  isSame: (one, other) => one.name === other.name && one.itemKey === other.itemKey,
  observe(element, observing, memory) {
    if (process.env.NODE_ENV !== 'production') advise(observing.options)
    return observeVisibility(
      element,
      () => observing.options,
      // An impression follows from a mount; dwell follows from the user leaving.
      (fact) => observing.report({ ...fact, fromEffect: fact.fact === 'impression' }),
      memory,
    )
  },
})

let warn: Warn | undefined

function advise({ name, visibleRatio = 0 }: VisibilityOptions): void {
  if (visibleRatio >= 0 && visibleRatio <= 1) return
  warn ??= createWarn()
  warn(
    'RMC205',
    `The element "${name}" has the \`visibleRatio\` ${visibleRatio}, which it can never reach. Use a share from 0 to 1: 0.5 is half.`,
  )
}

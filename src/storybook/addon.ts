import { definePreviewAddon, type PreviewAddon } from 'storybook/internal/csf'
import type { AnyPlan } from '../plan/define-plan.ts'
import type { MicroconversionsTypes } from './parameters.ts'
import { annotationsFor } from './preview/annotations.tsx'

/** Options of the Storybook addon. */
export interface AddonOptions<P extends AnyPlan> {
  /** Plan of the stories that name none. It types `expect`. Default: none. */
  readonly plan?: P | undefined
}

/**
 * Storybook addon for a preview made with `definePreview`: each story gets a tracker, and what it decides is in the panel
 * "Microconversions". A preview in CSF 3 does not call it: there `addons` of `main.ts` is enough.
 *
 * @example
 * export default definePreview({ addons: [microconversions({ plan })] })
 */
export function microconversions<P extends AnyPlan = AnyPlan>({
  plan,
}: AddonOptions<P> = {}): PreviewAddon<MicroconversionsTypes<P>> {
  return definePreviewAddon<MicroconversionsTypes<P>>(annotationsFor(plan))
}

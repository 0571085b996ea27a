import { libraryVersion } from '../support/version.ts'
import type { LintRule } from './rule.ts'
import { noAddressInProperties } from './rules/no-address-in-properties.ts'
import { noDoubleReport } from './rules/no-double-report.ts'
import { noGrantedByDefault } from './rules/no-granted-by-default.ts'
import { noOverlayForEverybody } from './rules/no-overlay-for-everybody.ts'
import { noPersonalData } from './rules/no-personal-data.ts'
import { noRawTracking } from './rules/no-raw-tracking.ts'
import { noSubmitAsSuccess } from './rules/no-submit-as-success.ts'
import { noToggleBothWays } from './rules/no-toggle-both-ways.ts'
import { noTrackInEffect } from './rules/no-track-in-effect.ts'
import { noTrackInRender } from './rules/no-track-in-render.ts'
import { noTrackerInComponent } from './rules/no-tracker-in-component.ts'

const rules = {
  'no-raw-tracking': noRawTracking,
  'no-track-in-render': noTrackInRender,
  'no-track-in-effect': noTrackInEffect,
  'no-tracker-in-component': noTrackerInComponent,
  'no-double-report': noDoubleReport,
  'no-toggle-both-ways': noToggleBothWays,
  'no-submit-as-success': noSubmitAsSuccess,
  'no-personal-data': noPersonalData,
  'no-address-in-properties': noAddressInProperties,
  'no-granted-by-default': noGrantedByDefault,
  'no-overlay-for-everybody': noOverlayForEverybody,
} satisfies Record<string, LintRule>

/** Name of a rule. */
export type RuleName = keyof typeof rules

/** Rules that may be wrong without types: they warn. */
const warnings: readonly RuleName[] = ['no-track-in-effect', 'no-submit-as-success', 'no-personal-data']

/** The plugin, in the format of ESLint 9 and 10 and of oxlint. */
export interface LintPlugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string }
  readonly rules: Record<RuleName, LintRule>
  readonly configs: { readonly recommended: LintConfig }
}

/** A flat configuration of ESLint with the plugin and its rules. */
export interface LintConfig {
  readonly name: string
  readonly plugins: Record<string, LintPlugin>
  readonly rules: Record<string, 'error' | 'warn'>
}

/** Prefix of the rules: `microconversions/no-raw-tracking`. */
const namespace = 'microconversions'

const recommendedRules = Object.fromEntries(
  Object.keys(rules).map((name) => [
    `${namespace}/${name}`,
    warnings.includes(name as RuleName) ? ('warn' as const) : ('error' as const),
  ]),
)

const meta = { name: 'react-microconversions', version: libraryVersion, namespace }
const plugins: Record<string, LintPlugin> = {}

/**
 * Rules for what types cannot see: calls past the tracker, events that are counted twice, personal data in properties. They read
 * syntax only, and need no type information.
 *
 * @example
 * // eslint.config.js
 * import microconversions from 'react-microconversions/eslint'
 *
 * export default [microconversions.configs.recommended]
 */
export const plugin: LintPlugin = {
  meta,
  rules,
  configs: { recommended: { name: `${namespace}/recommended`, plugins, rules: recommendedRules } },
}
// A configuration holds its plugin, which holds the configuration.
plugins[namespace] = plugin

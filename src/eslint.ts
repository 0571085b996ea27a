export type { LintConfig, LintPlugin, RuleName } from './eslint/plugin.ts'
export { plugin as default } from './eslint/plugin.ts'
export type { LintRule, RuleContext } from './eslint/rule.ts'

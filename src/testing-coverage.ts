export type { CoverageFormat } from './plan/coverage/render-coverage.ts'
export type { PlanCoverageOptions } from './testing/coverage/reporter.ts'
export { PlanCoverage } from './testing/coverage/reporter.ts'

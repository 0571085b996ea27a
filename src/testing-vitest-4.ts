export { matchers } from './testing/setup/vitest-4.ts'

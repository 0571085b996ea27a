export { matchers } from './testing/setup/vitest.ts'

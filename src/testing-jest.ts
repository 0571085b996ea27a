export { matchers } from './testing/setup/jest.ts'

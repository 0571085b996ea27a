export type { MicroconversionsFixture, MicroconversionsOptions } from './testing/playwright/fixture.ts'
export { expect, test } from './testing/playwright/fixture.ts'

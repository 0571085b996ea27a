export { afterEach, beforeEach, decorators, globalTypes } from './storybook/preview/default-annotations.ts'

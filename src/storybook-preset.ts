export { experimental_serverChannel, optimizeViteDeps } from './storybook/preset.ts'

import { defineMain } from '@storybook/react-vite/node'
import { collectPlugin } from '../stories/support/collect-plugin.ts'
import { ownAddon } from './own-addon.ts'

export default defineMain({
  ...ownAddon,
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  // A playlist names its segments by address, which a bundler does not see.
  staticDirs: [
    { from: '../test/fixtures/tour-hls', to: '/tour-hls' },
    { from: '../stories/demo-site/scheduler', to: '/scheduler' },
  ],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (config) => ({ ...config, plugins: [...(config.plugins ?? []), collectPlugin()] }),
})

import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { browserArgs, findHeadlessShell } from '../../../scripts/browser.mjs'

const executablePath = findHeadlessShell()

export default defineConfig({
  server: { fs: { allow: ['../../..'] } },
  plugins: [react(), storybookTest({ configDir: '.storybook' })],
  test: {
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' }],
      provider: playwright({
        launchOptions: { args: [...browserArgs], ...(executablePath && { executablePath }) },
      }),
    },
    reporters: [['json', { outputFile: 'results.json' }]],
  },
})

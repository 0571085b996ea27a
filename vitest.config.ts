import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { browserArgs, findBrowser } from './scripts/browser.mjs'

const executablePath = findBrowser()

// A function, because Vitest writes into the object that it is given.
const inChromium = (...args: readonly string[]) => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  instances: [{ browser: 'chromium' as const }],
  connectTimeout: 180_000,
  provider: playwright({
    launchOptions: { args: [...browserArgs, ...args], ...(executablePath && { executablePath }) },
    contextOptions: { locale: 'en-GB', timezoneId: 'UTC', strictSelectors: true },
  }),
})

// A time-out only ends what hangs: how long something takes on a machine under load says nothing of it.
const patience = {
  setupFiles: ['test/support/patience.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
}

// Whatever Vite discovers only while tests run makes it reload the page under them.
const prebundled = [
  '@jridgewell/trace-mapping',
  'react',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  'react-dom',
  'react-dom/client',
  'react-dom/server',
  'zustand',
  'zustand/vanilla',
  '@tanstack/react-devtools',
  '@tanstack/react-form',
  '@tanstack/react-query',
  '@tanstack/react-query-devtools/production',
  '@tanstack/react-router',
  '@testing-library/dom',
  '@testing-library/react',
  '@testing-library/user-event',
  'axe-core',
  'fast-check',
  'formik',
  'hls-video-element',
  'hls.js',
  'react-hook-form',
  'react-router',
  'valibot',
  'virtua',
  'zod',
]

export default defineConfig({
  test: {
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: '.ci/results.json' }]] : ['default'],
    projects: [
      {
        extends: './vite.config.ts',
        test: {
          ...patience,
          name: 'unit',
          setupFiles: [...patience.setupFiles, 'test/support/seed.ts'],
          include: ['test/unit/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: './vite.config.ts',
        optimizeDeps: { include: prebundled },
        test: {
          ...patience,
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          browser: inChromium(),
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: './vite.config.ts',
        plugins: [storybookTest({ configDir: '.storybook' })],
        optimizeDeps: { include: prebundled },
        test: {
          ...patience,
          name: 'stories',
          // Sound: whoever looks at a story has clicked on its name.
          browser: inChromium('--autoplay-policy=no-user-gesture-required'),
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          ...patience,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          ...patience,
          name: 'package',
          include: ['test/package/*.test.ts'],
          globalSetup: 'test/package/setup.ts',
          fileParallelism: false,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})

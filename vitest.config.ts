import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { browserArgs, findHeadlessShell } from './scripts/browser.mjs'
import { findFirefox, findWebKit, firefoxOptions } from './scripts/engines.mjs'
import { PlanCoverage } from './src/testing/coverage/reporter.ts'
import { type BrowserTests, inFirefox, inWebKit } from './test/engines/browser-tests.ts'
import { firefox as firefoxByBidi } from './test/support/engines/firefox-provider.ts'
import { webkitGtk } from './test/support/engines/webkit-provider.ts'
import { SlowFilesFirst } from './test/support/slow-files-first.ts'
import { SlowestTests } from './test/support/slowest-tests.ts'

const executablePath = findHeadlessShell()
const contextOptions = { locale: 'en-GB', timezoneId: 'UTC', strictSelectors: true }

const browser = { enabled: true, headless: true, screenshotFailures: false, connectTimeout: 180_000 }

// A function, because Vitest writes into the object that it is given.
const inChromium = (...args: readonly string[]) => ({
  ...browser,
  instances: [{ browser: 'chromium' as const }],
  provider: playwright({
    launchOptions: { args: [...browserArgs, ...args], ...(executablePath && { executablePath }) },
    contextOptions,
  }),
})

/**
 * Whatever drives a browser waits for it most of the time: two at a time keep two cores busy. Projects with the same `groupOrder`
 * run at the same time, each with this many workers, and need the same number: `unit` beside `stories`, `browser` beside `e2e`.
 * Firefox is alone: beside other work its page loses the focus.
 */
const maxWorkers = 2

// A time-out only ends what hangs: how long something takes on a machine under load says nothing of it.
const patience = {
  setupFiles: ['test/support/patience.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
}

/** Plays videos: on its own, because WebKitGTK decodes on the processor and stumbles beside other work. */
const realTime = 'test/engines/video.test.ts'

const emptyStorage = 'test/support/empty-storage.ts'

// Whatever Vite discovers only while tests run makes it reload the page under them.
const prebundled = [
  '@jridgewell/trace-mapping',
  '@mux/mux-player-react',
  '@openfeature/react-sdk',
  '@vidstack/react',
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
  'ajv/dist/2020.js',
  'axe-core',
  'fast-check',
  'formik',
  'hls-video-element',
  'hls.js',
  'plyr',
  'react-hook-form',
  'react-player',
  'react-router',
  'valibot',
  'video.js',
  'zod',
]

/** What `.ci/run` counts. */
const results: ['json', { outputFile: string }][] = process.env['CI']
  ? [['json', { outputFile: '.ci/results.json' }]]
  : []

// Of a run of a few files, the threshold would say nothing.
const coverage = process.env['CI'] ? [new PlanCoverage({ plans: ['rostrel'], threshold: 100 })] : []

/**
 * For clicks and keys in Vitest's frame. Playwright clicks in no frame of a transformed element over BiDi, and Vitest sets
 * `transform: scale(1)`. Tab in the last field of the page would go to Firefox's own window, after which no field of the page
 * has focus events.
 */
const frameWithInput = `
  const style = document.createElement('style')
  style.textContent = '#vitest-tester { transform: none !important }'
  document.head.append(style)
  const stop = () => Object.assign(document.createElement('i'), { tabIndex: 0 })
  addEventListener('DOMContentLoaded', () => {
    document.body.prepend(stop())
    document.body.append(stop())
  })
`

const firefox = {
  ...browser,
  instances: [{ browser: 'firefox' as const }],
  orchestratorScripts: [{ content: frameWithInput }],
  provider: firefoxByBidi({
    launchOptions: firefoxOptions(),
    // The largest of Vitest's viewports: it would scale the frame down to a smaller one.
    contextOptions: { ...contextOptions, viewport: { width: 1280, height: 1000 } },
  }),
}

/** WebKitGTK has no headless mode: its driver brings a screen. */
const webkit = {
  ...browser,
  headless: false,
  // Vitest's interface would be drawn by the processor, with each result anew.
  ui: false,
  instances: [{ browser: 'safari' as const }],
  provider: webkitGtk(),
}

type Settings = typeof firefox | typeof webkit

/** The browser tests that hold in an engine besides Chromium, if it is on this machine. */
const browserTestsIn = (name: string, settings: Settings, tests: BrowserTests, groupOrder: number) => ({
  extends: './vite.config.ts',
  optimizeDeps: { include: prebundled },
  test: {
    ...patience,
    name,
    setupFiles: [...patience.setupFiles, 'test/support/engines/leave-out.ts'],
    include: [...tests.include],
    browser: settings,
    fileParallelism: false,
    sequence: { groupOrder },
  },
})

export default defineConfig({
  test: {
    reporters: ['default', new SlowestTests(), ...coverage, ...results],
    sequence: { sequencer: SlowFilesFirst },
    projects: [
      {
        extends: './vite.config.ts',
        test: {
          ...patience,
          name: 'unit',
          setupFiles: [...patience.setupFiles, 'test/support/seed.ts'],
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/generated/*.test.ts'],
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: './vite.config.ts',
        optimizeDeps: { include: prebundled },
        test: {
          ...patience,
          name: 'browser',
          setupFiles: [...patience.setupFiles, emptyStorage],
          include: ['test/browser/**/*.test.{ts,tsx}'],
          browser: inChromium(),
          maxWorkers,
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
          setupFiles: [...patience.setupFiles, emptyStorage],
          // Sound: whoever looks at a story has clicked on its name.
          browser: inChromium('--autoplay-policy=no-user-gesture-required'),
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          ...patience,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          ...patience,
          name: 'package',
          include: ['test/package/*.test.ts'],
          globalSetup: 'test/package/setup.ts',
          maxWorkers,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          ...patience,
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          exclude: [realTime],
          // WebKitGTK's driver sometimes loses a window, or ends a script with an error without words ("@" is a line of its own
          // stack). What a test asserts is never tried again.
          retry: { count: 2, condition: /^WebDriverError: (no such window|@\s)/ },
          maxWorkers,
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: './vite.config.ts',
        test: { ...patience, name: 'engines-video', include: [realTime], sequence: { groupOrder: 5 } },
      },
      ...(findFirefox() ? [browserTestsIn('browser-firefox', firefox, inFirefox, 3)] : []),
      // Last: its browser is open until all tests have ended, and draws what they do.
      ...(findWebKit() ? [browserTestsIn('browser-webkit', webkit, inWebKit, 6)] : []),
    ],
  },
})

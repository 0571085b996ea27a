import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import base from './vite.config.ts'
const prebundled = ['@jridgewell/trace-mapping','react','react/jsx-runtime','react/jsx-dev-runtime','react-dom','react-dom/client','react-dom/server','zustand','zustand/vanilla','@tanstack/react-devtools','@tanstack/react-form','@tanstack/react-query','@tanstack/react-query-devtools/production','@tanstack/react-router','@testing-library/dom','@testing-library/react','@testing-library/user-event','axe-core','fast-check','formik','hls-video-element','hls.js','react-hook-form','react-router','valibot','virtua','zod']
export default defineConfig({ ...base, optimizeDeps: { include: prebundled },
  test: { name: 'browser-firefox', setupFiles: ['test/support/patience.ts'], testTimeout: 60000, hookTimeout: 60000, include: ['test/browser/**/*.test.{ts,tsx}'],
    browser: { enabled: true, headless: true, screenshotFailures: false, connectTimeout: 180000, instances: [{ browser: 'firefox' as const }],
      provider: playwright({ launchOptions: { channel: 'moz-firefox', executablePath: '/usr/bin/firefox-esr', firefoxUserPrefs: { 'media.autoplay.default': 0 } } as any, contextOptions: { locale: 'en-GB', timezoneId: 'UTC', strictSelectors: true } }) } } })

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../entries.mjs'

/**
 * An application as its framework's own command creates it, and what a newcomer does to it: the files of a folder beside this
 * file are written over it.
 * @typedef {object} FreshApp
 * @property {string} name the folder with the newcomer's files
 * @property {readonly string[]} create arguments of `npx`, with APP for the new folder
 * @property {readonly string[]} remove files of the template that the newcomer's files replace
 * @property {readonly string[]} install packages besides react-microconversions
 * @property {readonly string[]} installDev packages for tests
 * @property {readonly (readonly string[])[]} prove arguments of `npx` that have to succeed
 * @property {readonly string[]} serve arguments of `npx`, with PORT
 * @property {string} [e2e] a folder of Playwright's tests, run against the served application
 * @property {boolean} [storybook] true: its stories are built, and run as tests
 */

const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Storybook in the versions of this project. */
const storybook = ['storybook', '@storybook/react-vite', '@storybook/addon-vitest'].map(
  (name) => `${name}@${devDependencies[name]}`,
)

const vite = (/** @type {string} */ name) => ({
  name,
  create: ['create-vite@latest', 'APP', '--template', 'react-ts', '--no-interactive'],
  remove: ['src/App.tsx', 'src/App.css', 'src/index.css'],
  serve: ['vite', '--host', '127.0.0.1', '--port', 'PORT', '--strictPort'],
})

/** A machine under load needs longer than Vitest's 5 s. */
export const PATIENT = '--testTimeout=60000'

const check = ['microconversions', 'check', '--strict']

/** @type {readonly FreshApp[]} */
export const freshApps = [
  {
    ...vite('vite-react-router'),
    install: ['react-router', 'react-hook-form'],
    installDev: [
      'vitest',
      'jsdom',
      '@testing-library/react',
      '@testing-library/dom',
      '@testing-library/user-event',
      '@playwright/test',
      '@vitest/browser-playwright',
      ...storybook,
    ],
    prove: [['tsc', '-b'], ['vite', 'build'], ['vitest', 'run', PATIENT], check],
    e2e: 'e2e',
    storybook: true,
  },
  {
    name: 'next-app-router',
    create: [
      'create-next-app@latest',
      'APP',
      ...['--ts', '--app', '--no-eslint', '--no-tailwind', '--no-src-dir', '--yes'],
      ...['--import-alias', '@/*', '--skip-install', '--disable-git'],
    ],
    remove: ['app/globals.css', 'app/page.module.css'],
    install: [],
    installDev: [],
    prove: [['next', 'build'], check],
    serve: ['next', 'dev', '--hostname', '127.0.0.1', '--port', 'PORT'],
  },
  {
    ...vite('vite-tanstack-jest'),
    install: ['@tanstack/react-router'],
    installDev: [
      'jest',
      '@jest/globals',
      'jest-environment-jsdom',
      'babel-jest',
      '@babel/core',
      '@babel/preset-env',
      '@babel/preset-react',
      '@babel/preset-typescript',
      '@testing-library/react',
      '@testing-library/dom',
      '@testing-library/user-event',
    ],
    prove: [['tsc', '-b'], ['vite', 'build'], ['jest'], check],
  },
]

import { join } from 'node:path'
import { buildManager } from '../scripts/build-manager.mjs'
import { experimental_serverChannel } from '../src/storybook-preset.ts'

const built = join(import.meta.dirname, '../node_modules/.cache/react-microconversions/storybook-manager.js')

/** This project's addon from its source; the preview has its other half. Other projects name it in `addons`. */
export const ownAddon = {
  async managerEntries(entries: readonly string[] = []) {
    await buildManager(built)
    return [...entries, built]
  },
  experimental_serverChannel,
}

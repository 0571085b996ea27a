import { MicroconversionError } from '../support/errors.ts'
import type { Journey, JourneyPort } from './journey/journey-port.ts'

/** A part of the tracker that is only in bundles that import it: `journey()`. */
export interface TrackerPlugin {
  readonly name: 'journey'
  /** Called once by each tracker that has the plugin. */
  readonly connect: (port: JourneyPort) => Journey
}

/**
 * Returns the plugin of this name. In development, a value that is not a plugin and a second plugin of one name throw;
 * in production they are ignored.
 */
export function pluginNamed(name: TrackerPlugin['name'], plugins: readonly TrackerPlugin[] = []) {
  if (process.env.NODE_ENV !== 'production') checkPlugins(plugins)
  const list: readonly unknown[] = Array.isArray(plugins) ? plugins : []
  return list.filter(isPlugin).find((plugin) => plugin.name === name)
}

function isPlugin(given: unknown): given is TrackerPlugin {
  return typeof (given as TrackerPlugin | null | undefined)?.connect === 'function'
}

function checkPlugins(plugins: readonly unknown[]): void {
  if (!Array.isArray(plugins)) throw noPlugin('`plugins`', plugins, 'Give a list')
  const names = new Set<string>()
  for (const [index, given] of plugins.entries()) {
    if (!isPlugin(given)) {
      const advice = typeof given === 'function' ? 'Call it' : 'Give plugins alone'
      throw noPlugin(`\`plugins[${index}]\``, given, advice)
    }
    if (names.has(given.name))
      throw new MicroconversionError('RMC042', `\`plugins\` has "${given.name}" twice. Remove one of them.`)
    names.add(given.name)
  }
}

function noPlugin(where: string, given: unknown, advice: string): MicroconversionError {
  const kind = given === null ? 'null' : typeof given
  return new MicroconversionError(
    'RMC041',
    `${where} cannot be used: it is of the type ${kind}. ${advice}: createTracker({ plan, plugins: [journey()] }).`,
  )
}

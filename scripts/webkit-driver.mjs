import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { env } from 'node:process'
import { findWebKit } from './engines.mjs'

const PATIENCE_MS = 60_000

/** A port of 127.0.0.1 that is free now. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  server.close()
  await once(server, 'close')
  return port
}

/** Resolves once something listens at the port. */
async function listening(/** @type {number} */ port) {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const found = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (found) return
    if (Date.now() > until) throw new Error(`Nothing listens at port ${port}.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Starts a program that ends with this process, also where that is killed and runs no handler. */
const spawnBound = (
  /** @type {string} */ path,
  /** @type {readonly string[]} */ args,
  /** @type {import('node:child_process').SpawnOptions} */ options,
) => spawn('setpriv', ['--pdeathsig', 'TERM', path, ...args], options)

/** A virtual screen of its own. Xvfb chooses a free number and writes it into the third file. */
async function startScreen(/** @type {string} */ path) {
  const screen = spawnBound(path, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const news = /** @type {import('node:stream').Readable} */ (screen.stdio[3])
  const [number] = await Promise.race([
    once(news, 'data'),
    once(screen, 'exit').then(() => {
      throw new Error('Xvfb did not start.')
    }),
  ])
  return { screen, display: `:${String(number).trim()}` }
}

/**
 * Starts WebKitGTK's driver on a screen of its own. One driver has one session at a time, and each session has an empty
 * profile.
 */
export async function startWebKitDriver() {
  const found = findWebKit()
  if (!found) throw new Error('WebKitGTK is not on this machine: see scripts/engines.mjs.')
  const { screen, display } = await startScreen(found.screen)
  const port = await freePort()
  const driver = spawnBound(found.driver, [`--port=${port}`, '--host=127.0.0.1'], {
    // Without a language WebKitGTK refuses keys; the machine has no graphics card.
    env: { ...env, DISPLAY: display, LANG: 'C.UTF-8', LIBGL_ALWAYS_SOFTWARE: '1', TZ: 'UTC' },
    stdio: 'ignore',
  })
  const stop = () => {
    driver.kill()
    screen.kill()
  }
  process.once('exit', stop)
  try {
    await listening(port)
  } catch (error) {
    stop()
    throw error
  }
  return {
    port,
    capabilities: {
      browserName: 'MiniBrowser',
      // WebKitGTK speaks no WebDriver BiDi.
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': {
        binary: found.browser,
        // Without a graphics card, layers only cost: each frame is composed by the processor.
        args: ['--automation', '--autoplay-policy=allow', '--features=-AcceleratedCompositing'],
      },
    },
    async [Symbol.asyncDispose]() {
      process.off('exit', stop)
      driver.kill()
      if (driver.exitCode === null && driver.signalCode === null) await once(driver, 'exit')
      screen.kill()
    },
  }
}

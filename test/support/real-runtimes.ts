import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'
import { tableOptions } from './collector-table.ts'
import { temporaryFolder } from './start-collector-process.ts'

/** How a runtime serves a `fetch`, and which of its lines says on which port. */
interface Runtime {
  readonly serve: string
  readonly command: (file: string) => readonly string[]
  readonly portIn: RegExp
}

const workerdConfig = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [(name = "worker", esModule = embed "worker.mjs")], compatibilityDate = "2025-01-01"))],
  sockets = [(name = "http", service = "main")],
);
`

export const runtimes: Readonly<Record<'bun' | 'deno' | 'workerd', Runtime>> = {
  bun: {
    serve: `console.log('port', Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: handle }).port)`,
    command: (file) => ['run', file],
    portIn: /^port (\d+)$/,
  },
  deno: {
    serve: `Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log('port', port) }, handle)`,
    command: (file) => ['run', '--no-config', '--allow-net', file],
    portIn: /^port (\d+)$/,
  },
  workerd: {
    serve: 'export default { fetch: handle }',
    command: () => ['serve', 'config.capnp', '--socket-addr=http=127.0.0.1:0', '--control-fd=1'],
    portIn: /"socket":"http","port":(\d+)/,
  },
}

/** Returns the program of a runtime: from node_modules, from a folder in RMC_RUNTIMES, or from the path. */
export function programOf(name: string): string | undefined {
  const { RMC_RUNTIMES = '', PATH = '' } = process.env
  const folders = [resolve('node_modules/.bin'), RMC_RUNTIMES, ...PATH.split(delimiter)]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** Starts a collector in memory on a runtime, until the test ends; returns its address. `/kinds` lists its rows. */
export async function serveOn(name: keyof typeof runtimes, program: string): Promise<string> {
  const { serve, command, portIn } = runtimes[name]
  const folder = temporaryFolder()
  const file = join(folder, 'worker.mjs')
  await build({
    stdin: {
      contents: `
        import { createCollector, memory } from './src/collector.ts'
        const sink = memory()
        const { fetch } = createCollector({ sink, ...${JSON.stringify(tableOptions)} })
        const handle = (request) => new URL(request.url).pathname === '/kinds'
          ? Response.json(sink.rows.map(({ kind }) => kind)) : fetch(request)
        ${serve}`,
      resolveDir: resolve('.'),
    },
    outfile: file,
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  writeFileSync(join(folder, 'config.capnp'), workerdConfig)
  const child = spawn(program, command(file), { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) {
    const port = portIn.exec(line)?.[1]
    if (port) return `http://127.0.0.1:${port}`
  }
  throw new Error(`${name} has not said its port`)
}

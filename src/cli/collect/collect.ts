import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { resolve } from 'node:path'
import process from 'node:process'
import { type CollectorIssue, createCollector } from '../../collector/create-collector.ts'
import { ndjson } from '../../collector/node/ndjson.ts'
import { toNode } from '../../collector/node/to-node.ts'
import type { AnyPlan } from '../../plan/define-plan.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { Failure, messageOf } from '../failure.ts'
import { openPlans } from '../project/plans.ts'
import { timeZoneOf } from '../report/checked-options.ts'
import { serveReceived } from './serve-received.ts'

const DEFAULT_PORT = 8080
const MAX_PORT = 65_535

export const collect: Command = {
  summary: 'receives events and stores them in files',
  usage: [
    `--port <number>    default: ${DEFAULT_PORT}; 0 takes a free one`,
    '--host <address>   default: 127.0.0.1, which only this machine reaches',
    '--dir <folder>     where to store events; default: events',
    '--memory           stores nothing and tells end-to-end tests what it received; on 127.0.0.1',
    '--origin <origin>  another origin whose pages may send, such as https://www.example.com; may be repeated',
    '--time-zone <name>  in which the site counts its days; default: UTC',
    '--without-plan     checks no event',
  ],
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    dir: { type: 'string' },
    memory: { type: 'boolean' },
    origin: { type: 'string', multiple: true },
    'time-zone': { type: 'string' },
    'without-plan': { type: 'boolean' },
  },
  takes: 0,
  async run(call) {
    const plans = call.flag('without-plan') ? [] : (await openPlans(call)).plans.map(({ plan }) => plan)
    return call.flag('memory') ? collectInMemory(call, plans) : collectInFiles(call, plans)
  },
}

async function collectInFiles(call: Call, plans: readonly AnyPlan[]): Promise<ExitCode> {
  const { world, text } = call
  const dir = text('dir') ?? 'events'
  const collector = createCollector({
    plan: plans,
    sink: ndjson({ dir: folderAt(resolve(world.cwd, dir), dir) }),
    origins: call.texts('origin'),
    timeZone: timeZoneOf(call),
    onIssue: reportTo(call),
  })
  const server = createServer(toNode(collector))
  const address = await listen(server, portOf(call), text('host') ?? '127.0.0.1')
  world.out(`Collecting at ${address}, into ${dir}. ${planLine(plans)}\n`)
  await interrupted()
  await closed(server)
  await collector.close()
  return 0
}

/** Creates the folder at once: a collector that cannot store would answer 503 to each request. */
function folderAt(path: string, given: string): string {
  try {
    mkdirSync(path, { recursive: true })
    return path
  } catch (error) {
    throw new Failure(`--dir ${given} cannot be a folder: ${messageOf(error)}.`)
  }
}

async function collectInMemory(call: Call, plans: readonly AnyPlan[]): Promise<ExitCode> {
  const port = portOf(call)
  const server = await serveReceived({ plans, port, onIssue: reportTo(call) }).catch((error) => {
    throw new Failure(`the collector cannot listen on port ${port}: ${messageOf(error)}.`)
  })
  // The server keeps the process alive.
  call.world.out(`Collecting in memory at ${server.url}, until this process ends. ${planLine(plans)}\n`)
  return 0
}

const planLine = (plans: readonly AnyPlan[]): string =>
  plans.length > 0
    ? `Plan: ${plans.map(({ name, version }) => `${name} ${version}`).join(', ')}.`
    : 'Without a plan: events are not checked.'

const reportTo =
  ({ world }: Call) =>
  (issue: CollectorIssue): void =>
    world.err(`microconversions: ${issueInWords(issue)}\n`)

function issueInWords({ kind, name, path, message }: CollectorIssue): string {
  switch (kind) {
    case 'unknown':
      return `received ${JSON.stringify(name)}, which the plan does not have.`
    case 'invalid':
      return `received ${JSON.stringify(name)} with an invalid value at ${JSON.stringify(path)}.`
    case 'shape':
      return `refused an event, because of ${JSON.stringify(path)}.`
    case 'skew':
      return `a browser's clock is wrong by more than a minute.`
    case 'sink':
      return `stored nothing: ${message}.`
  }
}

function portOf(call: Call): number {
  const given = call.text('port')
  const port = Number(given ?? DEFAULT_PORT)
  if (given?.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return port
  throw new Failure(`--port "${given}" is no port; use a number from 0 to ${MAX_PORT}.`)
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (error) => fail(new Failure(`cannot listen: ${messageOf(error)}.`)))
    server.listen(port, host, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address ? address.port : port
      done(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`)
    })
  })
}

/** Resolves when the process is asked to end. */
const interrupted = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done())
    server.closeIdleConnections()
  })

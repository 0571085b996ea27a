import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { attempt } from '../../support/attempt.ts'
import { type Call, type Command, type Format, findingFormats } from '../command.ts'
import { Failure } from '../failure.ts'
import { annotation } from '../output/annotation.ts'
import { plural } from '../output/words.ts'
import { writeOutput } from '../output/write-file.ts'
import { openProject } from '../project/project.ts'
import { sourceFiles } from '../source/source-files.ts'
import { draftPlan } from './draft-plan.ts'
import { findCalls, type Inventory, type Place } from './find-calls.ts'

export const inventory: Command = {
  summary: 'calls of analytics vendors in the source, and a draft plan of them',
  usage: [
    '[path…]            what to search; default: all source files',
    '-o, --output <file>  writes a plan in which each event is a draft; never over a file that exists',
  ],
  options: { output: { type: 'string', short: 'o' } },
  formats: findingFormats,
  takes: Number.POSITIVE_INFINITY,
  async run(call) {
    const { cwd } = call.world
    const { root } = openProject(cwd)
    const paths = call.positionals.map((path) => relative(root, resolve(cwd, path)) || '.')
    const files = sourceFiles(root, cwd, paths)
    if (files.length === 0) throw new Failure(`no source file at ${paths.join(', ') || cwd}.`)
    const found = findCalls(files)
    call.world.out(render(call.format, found))
    writeDraft(call, found, root)
    return 0
  },
}

function writeDraft(call: Call, found: Inventory, root: string): void {
  const path = call.text('output')
  if (path === undefined) return
  const file = resolve(call.world.cwd, path)
  if (existsSync(file)) throw new Failure(`${path} exists: remove it, or name another file.`)
  writeOutput(call.world, path, draftPlan(found, packageName(root)))
  call.world.err(`Wrote ${path}.\n`)
}

function packageName(root: string): string {
  const { name } = (attempt(() => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))) ?? {}) as {
    readonly name?: string
  }
  return name ?? 'my-plan'
}

function render(format: Format, found: Inventory): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ ...found, events: found.events.map(asJson) }, null, 2)}\n`
    case 'github':
      return found.events.flatMap(({ name, places }) => places.map((place) => noted(name, place))).join('')
    case 'markdown':
      return asMarkdown(found)
    case 'text':
      return asText(found)
  }
}

const asJson = ({ name, places, properties }: Inventory['events'][number]) => ({
  ...{ name, places },
  properties: [...properties.keys()],
})

function noted(name: string, { vendor, file, line }: Place): string {
  return annotation({ kind: 'notice', title: vendor, message: `reports "${name}"`, file, line })
}

const placeInWords = ({ vendor, file, line }: Place) => `${vendor} at ${file}:${line}`

function asText({ events, unread, searched }: Inventory): string {
  const calls = events.reduce((sum, { places }) => sum + places.length, 0)
  const lines = events.flatMap(({ name, places, properties }) => [
    `  ${name}${properties.size ? ` (${[...properties.keys()].join(', ')})` : ''}`,
    ...places.map((place) => `    ${placeInWords(place)}`),
  ])
  const rest = unread.map((place) => `    ${placeInWords(place)}`)
  return [
    `${plural(events.length, 'event')} in ${plural(calls, 'call')}, ${plural(searched, 'file')} searched.`,
    ...(lines.length ? ['', ...lines] : []),
    ...(rest.length ? ['', '  Names that are no literals:', ...rest] : []),
    '',
  ].join('\n')
}

function asMarkdown({ events, unread }: Inventory): string {
  const rows = events.map(
    ({ name, places, properties }) =>
      `| \`${name}\` | ${[...properties.keys()].map((key) => `\`${key}\``).join(', ')} | ${places.map(placeInWords).join('<br>')} |`,
  )
  const rest = unread.map((place) => `- ${placeInWords(place)}`)
  return [
    ...['| event | properties | reported by |', '| --- | --- | --- |', ...rows],
    ...(rest.length ? ['', 'Names that are no literals:', '', ...rest] : []),
    '',
  ].join('\n')
}

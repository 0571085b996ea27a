import { lineAt, literal, partsIn, withoutComments } from '../source/read-source.ts'
import type { SourceFile } from '../source/source-files.ts'
import { vendors } from './vendors.ts'

export interface Place {
  readonly vendor: string
  readonly file: string
  readonly line: number
}

/** An event, with all places that report it to any vendor. */
export interface FoundEvent {
  readonly name: string
  readonly places: readonly Place[]
  /** Names of the properties, with the expressions of their values. */
  readonly properties: ReadonlyMap<string, readonly string[]>
}

export interface Inventory {
  readonly events: readonly FoundEvent[]
  /** Calls whose event name is not a literal, for manual review. */
  readonly unread: readonly Place[]
  readonly searched: number
}

export function findCalls(files: readonly SourceFile[]): Inventory {
  const found = new Map<string, ReturnType<typeof emptyEvent>>()
  const unread: Place[] = []
  for (const { shown, text } of files) {
    const source = withoutComments(text)
    for (const { name: vendor, call, read } of vendors) {
      for (const match of source.matchAll(call)) {
        const args = partsIn(source, match.index + match[0].length)
        const place = { vendor, file: shown, line: lineAt(source, match.index) }
        const event = read(args)
        if (event) {
          const { places, properties } = found.get(event.name) ?? emptyEvent()
          places.push(place)
          for (const [name, value] of event.properties)
            properties.set(name, [...(properties.get(name) ?? []), value])
          found.set(event.name, { places, properties })
        } else if (mayReport(args)) unread.push(place)
      }
    }
  }
  const events = [...found].map(([name, rest]) => ({ name, ...rest }))
  return { events: events.sort((a, b) => a.name.localeCompare(b.name, 'en')), unread, searched: files.length }
}

const emptyEvent = () => ({ places: [] as Place[], properties: new Map<string, string[]>() })

/** Returns whether a call may report an event. Other commands, such as `gtag('config', …)`, begin with another literal. */
function mayReport([first]: readonly string[]): boolean {
  if (first === undefined) return false
  return ['event', 'track', 'trackCustom', undefined].includes(literal(first)) && !first.startsWith('[')
}

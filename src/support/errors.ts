import { attempt } from './attempt.ts'
import { repository } from './repository.ts'

/**
 * Code of a message to developers. Each message says what happened, why it matters and how to fix it; ERRORS.md has a
 * section for each code.
 */
export type ErrorCode =
  | 'RMC001' // unknown name in a plan
  | 'RMC002' // event name outside the convention
  | 'RMC003' // two events with one wire name
  | 'RMC004' // asynchronous schema
  | 'RMC005' // frequency out of range
  | 'RMC006' // derived event or funnel out of range
  | 'RMC007' // events derived in a circle
  | 'RMC008' // derived event without its properties
  | 'RMC021' // bad address of http()
  | 'RMC022' // bad headers of http()
  | 'RMC023' // bad bounds of a batch of http()
  | 'RMC024' // bad option of http()
  | 'RMC041' // no plugin
  | 'RMC042' // a plugin twice
  | 'RMC101' // unknown event tracked
  | 'RMC102' // invalid properties
  | 'RMC103' // facts of one event counted together
  | 'RMC104' // identify with another user
  | 'RMC105' // two destinations with one name
  | 'RMC106' // plan code threw
  | 'RMC107' // second live tracker
  | 'RMC108' // unknown consent category
  | 'RMC109' // Google tag before any consent default
  | 'RMC110' // identify could not hash
  | 'RMC111' // personal data in an event
  | 'RMC112' // consent banner's connection threw
  | 'RMC121' // step of a funnel skipped
  | 'RMC122' // end of a funnel without its start
  | 'RMC123' // macro conversion twice in a session
  | 'RMC124' // tracker without the journey that its plan needs
  | 'RMC125' // events wait for an answer that nothing asks for
  | 'RMC126' // code of storage not loaded
  | 'RMC201' // no provider
  | 'RMC202' // form outcome unknown
  | 'RMC203' // not the expected element
  | 'RMC204' // hook used outside its component
  | 'RMC205' // bad mark
  | 'RMC206' // hook without its object
  | 'RMC207' // option that is no duration
  | 'RMC208' // facts that `events` leaves out
  | 'RMC221' // no journey
  | 'RMC222' // hook with an unknown name
  | 'RMC330' // trigger that could not observe
  | 'RMC350' // facts that an event leaves out
  | 'RMC351' // deprecated event tracked
  | 'RMC352' // no event in a plan
  | 'RMC301' // overlay in production without a reason
  | 'RMC302' // no shortcut
  | 'RMC303' // extension without an id of its own
  | 'RMC320' // scroll depth without a scroller
  | 'RMC340' // headers() returned no headers
  | 'RMC700' // embed's message from another origin
  | 'RMC701' // malformed message of an embed
  | 'RMC702' // provider that speaks no known protocol
  | 'RMC720' // experiment without a name
  | 'RMC721' // too many experiments
  | 'RMC722' // replay link that is none
  | 'RMC401' // no Testing Library
  | 'RMC402' // matcher on something else
  | 'RMC403' // matcher on an event outside the plan
  | 'RMC680' // received() without a collector
  | 'RMC681' // received() without an answer
  | 'RMC600' // report without DuckDB
  | 'RMC601' // report without events
  | 'RMC602' // report on several plans
  | 'RMC603' // bad period of a report
  | 'RMC604' // number of a report beyond 2⁵³
  | 'RMC605' // ClickHouse not read
  | 'RMC606' // unknown goal of a report
  | 'RMC607' // bad spend file
  | 'RMC608' // unknown segment of a report
  | 'RMC609' // folder of events in use
  | 'RMC610' // planned split of an experiment
  | 'RMC630' // server event without an id
  | 'RMC631' // unknown server event
  | 'RMC632' // invalid server event
  | 'RMC633' // no full day to check
  | 'RMC660' // story without a tracker

/** Joins code and message. In development, a second line links to the section in ERRORS.md. */
export function coded(code: ErrorCode, message: string): string {
  const text = `[${code}] ${message}`
  if (process.env.NODE_ENV === 'production') return text
  return `${text}\n${repository}/blob/main/ERRORS.md#${code.toLowerCase()}`
}

/** Error that the library throws when it is used wrongly. ERRORS.md explains each `code`. */
export class MicroconversionError extends Error {
  override readonly name = 'MicroconversionError'
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string) {
    super(coded(code, message))
    this.code = code
  }
}

/** Prints a message to the console, and each message only once. Development only. */
export type Warn = (code: ErrorCode, message: string) => void

export function createWarn(): Warn {
  const said = new Set<string>()
  return (code, message) => {
    if (said.has(message)) return
    said.add(message)
    attempt(() => console.error(coded(code, message)))
  }
}

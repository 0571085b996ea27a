import { attempt } from './attempt.ts'

/** Every message carries what happened, why it matters, and how to mend it. ERRORS.md has a section for each code. */
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
  | 'RMC201' // no provider
  | 'RMC202' // form outcome unknown
  | 'RMC203' // not the expected element
  | 'RMC204' // hook used outside its component
  | 'RMC205' // bad mark
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
  | 'RMC401' // no Testing Library

export class MicroconversionError extends Error {
  override readonly name = 'MicroconversionError'
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string) {
    super(`[${code}] ${message}`)
    this.code = code
  }
}

/** Development only: says each message once for the life of the function. */
export type Warn = (code: ErrorCode, message: string) => void

export function createWarn(): Warn {
  const said = new Set<string>()
  return (code, message) => {
    if (said.has(message)) return
    said.add(message)
    attempt(() => console.error(`[${code}] ${message}`))
  }
}

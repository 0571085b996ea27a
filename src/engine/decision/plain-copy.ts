import type { SchemaIssue } from '../../plan/standard-schema.ts'
import { setField } from '../../support/copy-of.ts'
import { cut } from '../../support/cut.ts'
import { wellFormed } from '../../support/well-formed.ts'
import type { Properties } from '../pipeline/occurrence.ts'

/** Maximum number of levels below the properties themselves, as deep as the guard looks. */
export const MAX_DEPTH = 8
/** Maximum number of members of all objects and lists together. */
const MAX_VALUES = 10_000
/** Maximum number of UTF-16 units of all texts and names together. */
const MAX_TEXT = 100_000
/** Maximum number of issues; one issue without a path replaces the rest. */
export const MAX_ISSUES = 100
/** Maximum number of bits of a bigint. A longer one takes long to write. */
const MAX_BITS = 1_024

export const UNREADABLE = 'cannot be read'

export interface PlainCopy {
  /** A copy of objects and lists that contain only texts, finite numbers, booleans and null. */
  readonly value: Properties
  /** Values that were left out, and why. A list has null in their place. */
  readonly lost: readonly SchemaIssue[]
  /** Values that were converted. */
  readonly changed: readonly SchemaIssue[]
}

/** Returns true if the issue concerns the whole value. */
export const isWhole = ({ path = [] }: SchemaIssue): boolean => path.length === 0

interface Walk {
  readonly maxDepth: number
  readonly path: PropertyKey[]
  /** Objects that contain the present value. */
  readonly around: object[]
  readonly lost: SchemaIssue[]
  readonly changed: SchemaIssue[]
  valuesLeft: number
  textLeft: number
}

/**
 * Copies a value of the caller, so that neither side sees later changes of the other, and converts what JSON cannot
 * express: calls `toJSON`, turns a bigint into text, copies the own enumerable fields of a class instance, and leaves
 * out the rest. Never throws, and takes a bounded time. `room` multiplies the bounds.
 */
export function plainCopy(given: unknown, maxDepth = MAX_DEPTH, room = 1): PlainCopy {
  const walk: Walk = {
    maxDepth,
    path: [],
    around: [],
    lost: [],
    changed: [],
    valuesLeft: MAX_VALUES * room,
    textLeft: MAX_TEXT * room,
  }
  const copy = copied(walk, () => (given === undefined ? {} : given))
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy)) {
    if (!walk.lost.some(isWhole)) leaveOut(walk, 'is no object')
    return { value: {}, lost: walk.lost, changed: [] }
  }
  return { value: copy as Properties, lost: walk.lost, changed: walk.changed }
}

/** Returns a copy; undefined if the value is left out. */
function copied(walk: Walk, read: () => unknown): unknown {
  try {
    return copyValue(walk, read())
  } catch {
    // A getter, a proxy or a `toJSON` of the caller threw.
    return leaveOut(walk, UNREADABLE)
  }
}

function copyValue(walk: Walk, value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return copyText(walk, value)
    case 'number':
      // JSON has one zero.
      return Number.isFinite(value) ? value + 0 : leaveOut(walk, 'is no finite number')
    case 'bigint':
      return BigInt.asIntN(MAX_BITS, value) === value
        ? copyText(walk, String(value))
        : leaveOut(walk, 'is too long')
    case 'object':
      return value === null ? null : copyObject(walk, value)
    case 'function':
    case 'symbol':
      return leaveOut(walk, `is a ${typeof value}`)
    case 'boolean':
      return value
    default:
      // Undefined, also for `document.all`, which is an object of this type.
      return undefined
  }
}

function copyText(walk: Walk, text: string): string | undefined {
  if (text.length > walk.textLeft) return leaveOut(walk, 'is too long')
  walk.textLeft -= text.length
  return wellFormed(text)
}

function copyObject(walk: Walk, given: object): unknown {
  const { toJSON } = given as { readonly toJSON?: unknown }
  // The `toJSON` of a `Buffer` lists its bytes.
  const hasJson = typeof toJSON === 'function' && !BYTES.test(tagOf(given))
  const value: unknown = hasJson ? toJSON.call(given, String(walk.path.at(-1) ?? '')) : given
  if (value === null && tagOf(given) === 'Date') return leaveOut(walk, 'is an invalid date')
  if (typeof value !== 'object' || value === null) return copyValue(walk, value)
  if (walk.around.includes(value)) return leaveOut(walk, 'contains itself')
  if (walk.around.length > walk.maxDepth) return leaveOut(walk, 'is nested too deep')
  if (Array.isArray(value)) return copyList(walk, value)
  const form = formOf(value)
  if ('primitive' in form) return copyValue(walk, form.primitive)
  if (form.foreign) return leaveOut(walk, `is ${form.foreign}`)
  return copyFields(walk, value, form.isPlain, hasJson ? toJSON : undefined)
}

function copyList(walk: Walk, list: readonly unknown[]): unknown {
  const { length } = list
  // The length of a proxy may be any value.
  if (!(length >= 0 && length <= walk.valuesLeft)) return leaveOut(walk, 'has too many values')
  walk.valuesLeft -= length
  walk.around.push(list)
  const copy: unknown[] = []
  for (let index = 0; index < length; index++) {
    walk.path.push(index)
    copy.push(copied(walk, () => list[index]) ?? null)
    walk.path.pop()
  }
  walk.around.pop()
  return copy
}

/** Copies fields. `heard` is a `toJSON` that has been called already. */
function copyFields(walk: Walk, source: object, isPlain: boolean, heard: unknown): unknown {
  const names = Object.keys(source)
  if (names.length > walk.valuesLeft) return leaveOut(walk, 'has too many values')
  if (!isPlain) note(walk, walk.changed, 'is an instance of a class: its own fields are taken')
  walk.valuesLeft -= names.length
  walk.around.push(source)
  const copy = {}
  for (const name of names) {
    walk.path.push(name)
    const safeName = copyText(walk, name)
    const read = () => {
      const inner = (source as Record<string, unknown>)[name]
      return inner === heard ? undefined : inner
    }
    const value = safeName === undefined ? undefined : copied(walk, read)
    if (safeName !== undefined && value !== undefined) setField(copy, safeName, value)
    walk.path.pop()
  }
  walk.around.pop()
  return copy
}

function leaveOut(walk: Walk, message: string): undefined {
  note(walk, walk.lost, message)
}

function note(walk: Walk, list: SchemaIssue[], message: string): void {
  if (list.length < MAX_ISSUES) list.push({ message, path: walk.path.map(shortened) })
  else if (list.length === MAX_ISSUES) list.push({ message: 'and more' })
}

/** Shortens a name to 100 characters, because a name may be of any length. */
export function shortened(key: PropertyKey): PropertyKey {
  if (typeof key !== 'string') return key
  return wellFormed(key.length > 100 ? `${cut(key, 100)}…` : key)
}

const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1)

type Form =
  | { readonly primitive: unknown }
  | { readonly isPlain: boolean; readonly foreign?: string | undefined }

/** Classifies an object by its prototype chain: a plain object of another frame is as plain as one of this frame. */
function formOf(value: object): Form {
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain =
    prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null
  if (isPlain) {
    const { $$typeof } = value as { readonly $$typeof?: unknown }
    return { isPlain, foreign: typeof $$typeof === 'symbol' ? 'a React element' : undefined }
  }
  const tag = tagOf(value)
  if (BOXED.test(tag)) {
    const primitive: unknown = value.valueOf()
    if (typeof primitive !== 'object') return { primitive }
  }
  // Fields of these lead into React's tree, and so to what users have typed.
  const { nodeType, preventDefault } = value as Readonly<Record<string, unknown>>
  if (typeof nodeType === 'number') return { isPlain, foreign: 'a DOM node' }
  if (typeof preventDefault === 'function') return { isPlain, foreign: 'an event' }
  return { isPlain, foreign: WITHOUT_FIELDS.test(tag) ? `a ${tag}` : undefined }
}

const BYTES = /^\w+\d+(?:Clamped)?Array$/
const BOXED = /^(?:String|Number|Boolean|BigInt|Symbol)$/
/** Matches objects whose content is not in fields, or in as many fields as they have bytes. */
const WITHOUT_FIELDS =
  /^(?:Map|Set|Weak(?:Map|Set|Ref)|Promise|RegExp|(?:Shared)?ArrayBuffer|DataView|\w+\d+(?:Clamped)?Array|File|FileList|Blob|FormData|URLSearchParams|Headers|Window)$/

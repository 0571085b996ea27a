import type { SchemaIssue } from '../plan/standard-schema.ts'
import { setField } from '../support/copy-of.ts'
import type { Properties } from './types.ts'

/** Levels below the properties themselves; as deep as the guard looks. */
export const MAX_DEPTH = 8
/** Members of objects and lists together. */
const MAX_VALUES = 10_000
/** UTF-16 units of all texts and names together. */
const MAX_TEXT = 100_000
/** Maximum number of issues; one issue without a path replaces the rest. */
export const MAX_ISSUES = 100
/** A bigint beyond that takes long to write. */
const MAX_BITS = 1_024

export const UNREADABLE = 'cannot be read'

export interface PlainCopy {
  /** Objects and lists of no one else, with text, finite numbers, booleans and null in them. */
  readonly value: Properties
  /** Values that were left out, and why; a list has null in their place. */
  readonly lost: readonly SchemaIssue[]
  /** Values that were converted. */
  readonly changed: readonly SchemaIssue[]
}

/** It concerns all that was given. */
export const isWhole = ({ path = [] }: SchemaIssue): boolean => path.length === 0

interface Walk {
  readonly maxDepth: number
  readonly path: PropertyKey[]
  /** The objects that the walk is inside of. */
  readonly around: object[]
  readonly lost: SchemaIssue[]
  readonly changed: SchemaIssue[]
  valuesLeft: number
  textLeft: number
}

/**
 * Copies what a caller gave, so that neither side sees what the other changes later, and decides what JSON cannot say:
 * `toJSON` is honoured, a bigint becomes text, an instance of a class gives its own enumerable fields, and what has no
 * form at all is left out. Never throws; takes a bounded time whatever it is given. `room`: multiplies the bounds.
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

/** Undefined: it is left out. */
function copied(walk: Walk, read: () => unknown): unknown {
  try {
    return copyValue(walk, read())
  } catch {
    // A getter, a proxy or a `toJSON` of the caller.
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
    default:
      return value
  }
}

function copyText(walk: Walk, text: string): string | undefined {
  if (text.length > walk.textLeft) return leaveOut(walk, 'is too long')
  walk.textLeft -= text.length
  return wellFormed(text)
}

function copyObject(walk: Walk, given: object): unknown {
  const { toJSON } = given as { readonly toJSON?: unknown }
  const hasJson = typeof toJSON === 'function'
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
  // A proxy may say anything.
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

/** `heard`: a `toJSON` that has been called. */
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

/** A name in a path may be as long as a book. */
export const shortened = (key: PropertyKey) =>
  typeof key === 'string' && key.length > 100 ? `${wellFormed(key.slice(0, 100))}…` : key

const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1)

type Form =
  | { readonly primitive: unknown }
  | { readonly isPlain: boolean; readonly foreign?: string | undefined }

/** By the chain of prototypes: an object of another frame is as plain as one of this. */
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
  // Their fields lead into React's tree, and so to what users have typed.
  const { nodeType, preventDefault } = value as Readonly<Record<string, unknown>>
  if (typeof nodeType === 'number') return { isPlain, foreign: 'a DOM node' }
  if (typeof preventDefault === 'function') return { isPlain, foreign: 'an event' }
  return { isPlain, foreign: WITHOUT_FIELDS.test(tag) ? `a ${tag}` : undefined }
}

const BOXED = /^(?:String|Number|Boolean|BigInt|Symbol)$/
/** Objects whose content is in no field, or in as many as they have bytes. */
const WITHOUT_FIELDS =
  /^(?:Map|Set|Weak(?:Map|Set|Ref)|Promise|RegExp|(?:Shared)?ArrayBuffer|DataView|\w+\d+(?:Clamped)?Array|File|FileList|Blob|FormData|URLSearchParams|Headers|Window)$/

/** Half a surrogate pair makes `encodeURIComponent` throw, and is no UTF-8. */
function wellFormed(text: string): string {
  const { toWellFormed } = text as { readonly toWellFormed?: () => string }
  return toWellFormed ? toWellFormed.call(text) : text.replace(/\p{Surrogate}/gu, '\uFFFD')
}

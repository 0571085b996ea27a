import { attempt } from '../support/attempt.ts'

/** The copy of the library that a form adapter comes with may be another one. */
const brand: unique symbol = Symbol.for('react-microconversions.answer')

/**
 * How a call of the application's own handler ended. `plain`: with no promise · `at-once`: fulfilled with undefined before
 * a task could pass · `fulfilled` · `rejected`: its promise, or it threw · `refused`: a form library has not accepted the
 * submission, for the reason that `value` is.
 */
export interface Answer {
  readonly [brand]: true
  readonly kind: 'plain' | 'at-once' | 'fulfilled' | 'rejected' | 'refused'
  readonly value: unknown
}

/** At once, or when the handler's promise is settled. It never rejects. */
export type Answering = Answer | Promise<Answer>

export function answer(kind: Answer['kind'], value?: unknown): Answer {
  return { [brand]: true, kind, value }
}

/** A property of anything; undefined where reading it throws. */
export function read(value: unknown, name: PropertyKey): unknown {
  return attempt(() => Object(value)[name])
}

/**
 * Calls the application's handler, and passes on what it returns or throws; a thenable as a promise. A promise that is
 * fulfilled with undefined has waited for something if the microtasks that began before the call have passed.
 */
export function callHandler<Result>(handler: () => Result, answered: (answering: Answering) => void): Result {
  const hasPassed = countMicrotasks()
  let result: Result
  try {
    result = handler()
  } catch (error) {
    answered(answer('rejected', error))
    throw error
  }
  const isPromise = typeof read(result, 'then') === 'function'
  // Query builders (Supabase, Knex) send a request whenever they are awaited: once, for the caller and for us.
  if (isPromise && !(result instanceof Promise)) result = Promise.resolve(result) as Result
  answered(isPromise ? settled(result, hasPassed) : answer('plain', result))
  return result
}

async function settled(promise: unknown, hasPassed: () => boolean): Promise<Answer> {
  try {
    const value = await promise
    if (read(value, brand) === true) return value as Answer
    return answer(value === undefined && !hasPassed() ? 'at-once' : 'fulfilled', value)
  } catch (error) {
    return answer('rejected', error)
  }
}

/** More than a promise needs that waits for nothing; 1 ms. */
const MICROTASKS = 5_000

/**
 * Microtasks one after the other: browsers run them all before any answer from outside. No task that is posted here says as
 * much: in WebKit an answer overtakes timers and messages while the page is busy.
 */
function countMicrotasks(): () => boolean {
  let left = MICROTASKS
  const next = () => {
    if (--left) void Promise.resolve().then(next)
  }
  next()
  return () => left === 0
}

/**
 * The same function, whose result also goes to `submitted`: an action of `useActionState` or `<form action>`, whose
 * dispatch returns nothing, or an `onSubmit`. A rejection of an `onSubmit` has no other reader: pass `false` for it.
 */
export function trackAction<Arguments extends unknown[], Result>(
  action: (...given: Arguments) => Result,
  submitted: (answering: Answering) => void,
  rejectionIsRead = true,
): (...given: Arguments) => Result {
  return (...given) => {
    const result = callHandler(() => action(...given), submitted)
    // Our reader would hide a rejection that the application does not handle: this keeps it unhandled.
    if (!rejectionIsRead && result instanceof Promise) result.then(() => {})
    return result
  }
}

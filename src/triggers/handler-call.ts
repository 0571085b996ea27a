import { attempt } from '../support/attempt.ts'
import { isPromise } from '../support/is-promise.ts'

/** A registered symbol, because a form adapter may be bundled with another copy of the library. */
const brand: unique symbol = Symbol.for('react-microconversions.answer')

/**
 * Result of a call of the application's handler.
 *
 * - `plain`: it returned no promise.
 * - `at-once`: its promise was fulfilled with undefined, null or the previous state before a task could run.
 * - `fulfilled`: its promise was fulfilled.
 * - `rejected`: its promise was rejected, or it threw.
 * - `refused`: a form library did not accept the submission; `value` is the reason.
 */
export interface Answer {
  readonly [brand]: true
  readonly kind: 'plain' | 'at-once' | 'fulfilled' | 'rejected' | 'refused'
  readonly value: unknown
}

/** The result, or a promise of it that settles with the handler's promise and never rejects. */
export type Answering = Answer | Promise<Answer>

/** Receives the result of an action, or of an `onSubmit` handler. */
export type Submitted = (answering: Answering, isAction: boolean) => void

/** Returns true for an answer that is there, not for a promise of one. */
export const isAnswer = (answering: Answering): answering is Answer => 'kind' in answering

export function answer(kind: Answer['kind'], value?: unknown): Answer {
  return { [brand]: true, kind, value }
}

/** Reads a property of any value; undefined if reading it throws. */
export function read(value: unknown, name: PropertyKey): unknown {
  return attempt(() => Object(value)[name])
}

/**
 * Calls the application's handler, and passes on what it returns or throws; thenables become promises. To tell whether
 * a promise fulfilled with nothing has waited for something, it checks whether a chain of microtasks that began
 * before the call has finished. `previous` is the state that an action of `useActionState` got: returning it is nothing
 * new.
 */
export function callHandler<Result>(
  handler: () => Result,
  answered: (answering: Answering) => void,
  previous?: unknown,
): Result {
  const hasPassed = countMicrotasks()
  let result: Result
  try {
    result = handler()
  } catch (error) {
    answered(answer('rejected', error))
    throw error
  }
  const waits = isPromise(result)
  // Query builders (Supabase, Knex) send a request each time they are awaited, so the caller gets the same promise.
  if (waits && !(result instanceof Promise)) result = Promise.resolve(result) as Result
  answered(waits ? settled(result, hasPassed, previous) : answer('plain', result))
  return result
}

async function settled(promise: unknown, hasPassed: () => boolean, previous: unknown): Promise<Answer> {
  try {
    const value = await promise
    if (read(value, brand) === true) return value as Answer
    const isNothing = value === undefined || value === null || value === previous
    return answer(isNothing && !hasPassed() ? 'at-once' : 'fulfilled', value)
  } catch (error) {
    return answer('rejected', error)
  }
}

/** More than a promise needs that waits for nothing; takes about 1 ms. */
const MICROTASKS = 5_000

/**
 * Runs a chain of microtasks, and returns a function that is true once all have run: browsers run them all before any
 * response from outside. A posted task would not do, because in WebKit a response overtakes timers and messages while
 * the page is busy. `await`, because a page may have replaced `Promise`: zone.js runs a chain of its promises within one
 * microtask.
 */
function countMicrotasks(): () => boolean {
  let left = MICROTASKS
  const run = async () => {
    while (--left) await undefined
  }
  void run()
  return () => left === 0
}

/**
 * Wraps a function so that its result also goes to `submitted`: an action of `useActionState` or `<form action>`, whose
 * dispatch function returns nothing, or an `onSubmit` handler. Pass `false` for an `onSubmit` handler, because nothing
 * else handles its rejection.
 */
export function trackAction<Arguments extends unknown[], Result>(
  action: (...given: Arguments) => Result,
  submitted: Submitted,
  isAction = true,
): (...given: Arguments) => Result {
  return (...given) => {
    const result = callHandler(
      () => action(...given),
      (answering) => submitted(answering, isAction),
      given[0],
    )
    // Our own handler would hide a rejection that the application does not handle: this keeps it unhandled.
    if (!isAction && isPromise(result)) void result.then(() => {})
    return result
  }
}

import { expect, test, vi } from 'vitest'
import { definePlan } from '../../src/plan/define-plan.ts'
import { event } from '../../src/plan/event.ts'
import { createHandlerCalls } from '../../src/react/forms/handler-calls.ts'
import { isPromise } from '../../src/support/is-promise.ts'
import { createSubmission } from '../../src/triggers/form-submission.ts'
import { type Answering, callHandler } from '../../src/triggers/handler-call.ts'
import { drain, listenToAdvice, openTracker } from '../support/tracking.ts'

/** As zone.js does: the global is another constructor, and asynchronous functions return promises of the engine. */
function replacePromise(): () => void {
  class ZonePromise<T> extends Promise<T> {}
  vi.stubGlobal('Promise', ZonePromise)
  return () => vi.unstubAllGlobals()
}

const withThen = (then: unknown) => Object.fromEntries([['then', then]])

test('a promise is known by its method', () => {
  const restore = replacePromise()
  const native = (async () => {})()
  const found = [native instanceof Promise, isPromise(native), isPromise(withThen(() => {}))]
  restore()
  expect(found).toEqual([false, true, true])
  const trap = new Proxy({}, { get: () => expect.fail('read') })
  expect([undefined, null, 7, 'then', withThen(7), trap].map(isPromise)).toEqual(Array(6).fill(false))
})

test('an asynchronous schema is refused at once, and an event with one is flagged, never sent as valid and empty', async () => {
  listenToAdvice()
  const asynchronous = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: async (value: unknown) => ({ value: value as { plan: string } }),
    },
  } as const
  const plan = { name: 'acme', version: '1', events: { plan_chosen: event({ properties: asynchronous }) } }
  const restore = replacePromise()
  try {
    expect(() => definePlan(plan)).toThrow('RMC004')
    // In production, definePlan() does not look.
    const sometimes = {
      '~standard': {
        ...asynchronous['~standard'],
        validate: (value: object) =>
          Object.keys(value).length ? asynchronous['~standard'].validate(value) : { value },
      },
    }
    const late = definePlan({ ...plan, events: { plan_chosen: event({ properties: sometimes as never }) } })
    const { tracker, decisions } = openTracker(late)
    tracker.track('plan_chosen', { plan: 'team' } as never)
    expect(decisions()[0]?.issues).toEqual([{ message: 'the schema is asynchronous' }])
    expect(decisions()[0]?.properties).toEqual({ plan: 'team' })
  } finally {
    restore()
  }
  await drain()
})

const submissionOf = (onEnd: (code: string) => void, onUnknown: () => void) => {
  const submission = createSubmission({
    atMs: 0,
    step_index: 0,
    isStep: false,
    progress: {} as never,
    brokenBefore: [],
    soon: (task) => task(),
    outcome: () => undefined,
    isInvalid: () => false,
    isStale: () => false,
    onEnd,
    onStepSent() {},
    onUnknown,
    onHint() {},
  })
  submission.reported(false)
  return submission
}

test.each([
  ['is rejected', new Error('500'), 'error'],
  ['is fulfilled with a failure', { ok: false, status: 500 }, 'http_500'],
  ['is fulfilled', { ok: true }, ''],
])('a form whose handler %s says so, and nothing before', async (_, value, code) => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const restore = replacePromise()
  try {
    let settle = () => {}
    const ends: string[] = []
    const submission = submissionOf(
      (found) => void ends.push(found),
      () => {},
    )
    const answer = new Promise<void>((resolve) => {
      settle = resolve
    })
    const handler = async () => {
      await answer
      if (value instanceof Error) throw value
      return value
    }
    callHandler(handler, (answering) => submission.submitted(answering, false)).catch(() => {})
    await drain(50)
    expect(ends).toEqual([])
    settle()
    await drain(50)
    expect(ends).toEqual([code === 'error' ? 'Error' : code])
  } finally {
    restore()
    vi.useRealTimers()
  }
})

test('a handler that waits for nothing is no evidence, also where a chain of promises takes one microtask', async () => {
  const native = Promise
  const queue: (() => void)[] = []
  const drainAll = () => {
    for (let next = queue.shift(); next; next = queue.shift()) next()
  }
  /** As zone.js does it. */
  class DrainingPromise<T> extends Promise<T> {
    static override resolve(value?: unknown) {
      const then = (run: () => void) => queue.push(run) === 1 && native.resolve().then(drainAll)
      return (value === undefined ? { then } : native.resolve(value)) as never
    }
  }
  vi.stubGlobal('Promise', DrainingPromise)
  try {
    const found: Answering[] = []
    void callHandler(
      async () => {},
      (answering) => found.push(answering),
    )
    expect(await found[0]).toMatchObject({ kind: 'at-once' })
  } finally {
    vi.unstubAllGlobals()
  }
})

test('an adapter of a form library waits for the handler, too', async () => {
  const restore = replacePromise()
  try {
    const calls = createHandlerCalls()
    const fail = async () => {
      throw new Error('500')
    }
    const answering = await calls.during(async () => {
      await calls.call(fail).catch(() => {})
    })
    expect(await answering).toMatchObject({ kind: 'rejected' })
  } finally {
    restore()
  }
})

import { describe, expect, it, vi } from 'vitest'
import { isAborted, outcomeOf } from '../../src/triggers/form-outcome.ts'
import { type Answering, answer, callHandler, trackAction } from '../../src/triggers/handler-call.ts'

const response = (status: number) => new Response(null, { status })
const throwing = (name: string) =>
  Object.defineProperty({}, name, {
    get() {
      throw new Error('no')
    },
  })
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const success = { code: '' }
const failure = (code = 'error') => ({ code })
const unknown = (why: string) => ({ unknown: why })

describe('a promise that is fulfilled with a value', () => {
  it.each([
    ['an object', { id: 7 }],
    ['a text', 'sent'],
    ['null', null],
    ['a response', response(201)],
    ['a redirect', response(303)],
    ['an answer that is ok', { ok: true, success: true, status: 'success', error: null, errors: [] }],
    ['empty errors', { errors: {}, fieldErrors: { email: undefined }, validationErrors: new Map() }],
    ['errors without any', { errors: { _errors: [], email: { _errors: [] } } }],
    ['a status of its own', { status: 'draft', meta: { requestStatus: 'fulfilled' } }],
    ['a status of HTTP', { status: 201, data: {} }],
    ['methods', { error: () => {}, errors: () => [] }],
    [
      'no error, in other words',
      { isError: false, hasErrors: 0, noErrors: true, errorMessage: '', issues: [] },
    ],
    ['a record in a state of its own', { id: 7, type: 'error', state: 'failed', result: 'invalid' }],
    ['a body with such a record', { status: 200, data: { id: 7, status: 'rejected' } }],
    ['a list of such records', [{ id: 7, status: 'rejected', error: 'bounced' }, false]],
    ['a list of results', [{ status: 'fulfilled', value: 1 }, response(201)]],
    [
      'a query that was fetched again',
      { status: 'success', error: null, isError: false, errorUpdateCount: 2 },
    ],
    ['an object without a prototype', Object.assign(Object.create(null), { result: Object.create(null) })],
  ])('is a success: %s', (_, value) => {
    expect(outcomeOf(answer('fulfilled', value), false)).toEqual(success)
  })

  it.each([
    ['false', false, 'error'],
    ['a response that is not ok', response(422), 'http_422'],
    ['a response of another realm', { ok: false, status: 500, headers: {} }, 'http_500'],
    ['ok: false', { ok: false, code: 'EMAIL_TAKEN' }, 'EMAIL_TAKEN'],
    ['success: false', { success: false, status: 200 }, 'error'],
    ['an error beside its data', { data: null, error: { code: '23505', message: 'ada@' } }, '23505'],
    ['an error that is a text', { error: 'ada@example.com is taken' }, 'error'],
    ['an error of the server', { serverError: 'no' }, 'error'],
    ['the flattened errors of zod', { formErrors: ['no'], fieldErrors: {} }, 'error'],
    ['errors of a query', { data: {}, errors: [{ message: 'no' }] }, 'error'],
    ['errors by field', { fieldErrors: { email: ['no'] } }, 'validation'],
    ['errors by field, deep', { validationErrors: { email: { _errors: ['no'] } } }, 'validation'],
    ['errors in a map', { errors: new Map([['email', 'no']]) }, 'error'],
    ['errors in a set', { errors: new Set(['no']) }, 'error'],
    ['an Error among the errors', { errors: { email: new Error('no') } }, 'error'],
    ['a state of error', { status: 'error' }, 'error'],
    ['a result that is rejected', { status: 'rejected', reason: 'no' }, 'error'],
    ['a status of HTTP', { status: 404, title: 'Not found' }, 'http_404'],
    ['a rejected thunk', { type: 'login/rejected', meta: { requestStatus: 'rejected' } }, 'error'],
    ['the type of a rejected thunk alone', { type: 'login/rejected' }, 'error'],
    ['an error that is returned', new RangeError('ada@example.com'), 'RangeError'],
    ['success: 0', { success: 0, msg: 'no' }, 'error'],
    ['a text for false', { ok: 'false' }, 'error'],
    ['an error by another name', { fields: {}, formError: 'no' }, 'error'],
    ['an error of a field', { emailError: 'taken' }, 'error'],
    ['a message of an error', { error_message: 'no' }, 'error'],
    ['a flag of an error', { isError: true }, 'error'],
    ['issues of Standard Schema', { issues: [{ message: 'no' }] }, 'error'],
    ['errors of users', { userErrors: [{ message: 'no' }] }, 'error'],
    ['an error that a class reads', Object.create({ error: 'no' }), 'error'],
    ['JSend', { status: 'fail', data: { email: 'taken' } }, 'error'],
    ['a type', { type: 'failure', message: 'no' }, 'error'],
    ['a kind', { kind: 'error' }, 'error'],
    ['a result in a word', { result: 'error', msg: 'no' }, 'error'],
    ['the left of two', { _tag: 'Left', left: 'no' }, 'error'],
    ['a payment', { id: 'pi_1', status: 'failed' }, 'error'],
    ['a status code', { statusCode: 422, message: ['no'] }, 'error'],
    ['a body of HTTP', { status: 200, data: { success: false } }, 'error'],
    ['a body with an error', { data: { error: 'no' } }, 'error'],
    ['one of several answers', [response(200), response(500)], 'error'],
    ['one of several that settled', [{ status: 'fulfilled' }, { status: 'rejected', reason: 'no' }], 'error'],
    ['an error and its data', [new Error('no'), undefined], 'error'],
  ])('is a failure: %s', (_, value, code) => {
    expect(outcomeOf(answer('fulfilled', value), false)).toEqual(failure(code))
  })

  it.each([
    ['a getter that throws', throwing('error')],
    ['a revoked proxy', revoked()],
    ['an answer of another origin', { type: 'opaque', status: 0, ok: false, headers: {} }],
    ['a redirect that was not followed', { type: 'opaqueredirect', status: 0, ok: false, headers: {} }],
  ])('is unknown where it cannot be read: %s', (_, value) => {
    expect(outcomeOf(answer('fulfilled', value), false)).toEqual(unknown('unreadable'))
  })

  it('is a failure while a field is invalid, but not when it redirects', () => {
    expect(outcomeOf(answer('fulfilled', { id: 7 }), true)).toEqual(failure('validation'))
    expect(outcomeOf(answer('at-once'), true)).toEqual(failure('validation'))
    expect(outcomeOf(answer('plain'), true)).toEqual(failure('validation'))
    expect(outcomeOf(answer('fulfilled', response(302)), true)).toEqual(success)
  })
})

describe('what has no evidence', () => {
  it('is unknown: a plain value, or undefined at once', () => {
    expect(outcomeOf(answer('plain'), false)).toEqual(unknown('nothing'))
    expect(outcomeOf(answer('plain', { ok: true }), false)).toEqual(unknown('plain'))
    expect(outcomeOf(answer('at-once'), false)).toEqual(unknown('at-once'))
    expect(outcomeOf(answer('fulfilled'), false)).toEqual(success)
  })
})

describe('`outcome`', () => {
  it('decides, whatever else there is', () => {
    expect(outcomeOf(answer('fulfilled', response(500)), true, () => 'success')).toEqual(success)
    expect(outcomeOf(answer('plain'), false, () => 'success')).toEqual(success)
    expect(outcomeOf(answer('fulfilled', { ok: true }), false, () => 'failure')).toEqual(failure())
    expect(outcomeOf(answer('plain', { status: 409 }), false, () => 'failure')).toEqual(failure('http_409'))
    expect(outcomeOf(answer('fulfilled', response(500)), true, () => 'unknown')).toEqual(unknown('unsure'))
  })

  it('that throws, or says another word, leaves it unknown', () => {
    const broken = () => {
      throw new Error('no')
    }
    expect(outcomeOf(answer('fulfilled', 7), false, broken)).toEqual(unknown('unsure'))
    expect(outcomeOf(answer('fulfilled', 7), false, () => true as never)).toEqual(unknown('unsure'))
  })

  it('is not asked about a rejection or a refusal', () => {
    const outcome = vi.fn(() => 'success' as const)
    expect(outcomeOf(answer('rejected', new TypeError('no')), false, outcome)).toEqual(failure('TypeError'))
    expect(outcomeOf(answer('refused', 'validation'), false, outcome)).toEqual(failure('validation'))
    expect(outcome).not.toHaveBeenCalled()
  })
})

describe('a rejection', () => {
  it.each([
    ['an error', new TypeError('ada@example.com'), 'TypeError'],
    ['a code', Object.assign(new Error('no'), { code: 'ERR_NETWORK' }), 'ERR_NETWORK'],
    ['a long code', { code: 'x'.repeat(500) }, 'x'.repeat(100)],
    ['an aborted request', new DOMException('no', 'AbortError'), 'AbortError'],
    ['a response', response(500), 'http_500'],
    ['a text', 'ada@example.com', 'error'],
    ['nothing', undefined, 'error'],
    ['a revoked proxy', revoked(), 'error'],
    ['nothing found', Object.assign(new Error(), { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }), 'Error'],
  ])('%s is a failure', (_, value, errorCode) => {
    expect(outcomeOf(answer('rejected', value), false)).toEqual(failure(errorCode))
  })

  it.each([
    ['by Next.js', Object.assign(new Error(), { digest: 'NEXT_REDIRECT;replace;/thanks;307;' })],
    ['by a router', response(302)],
    ['by an object of a router', { isRedirect: true, to: '/thanks', code: 307 }],
  ])('is a success when it is a redirect %s', (_, value) => {
    expect(outcomeOf(answer('rejected', value), true)).toEqual(success)
  })

  it('is aborted by its name', () => {
    expect(isAborted(new DOMException('no', 'AbortError'))).toBe(true)
    expect(isAborted(revoked())).toBe(false)
  })
})

/** How a call of the handler has ended. */
async function answerTo(handler: () => unknown) {
  let answering: Answering | undefined
  callHandler(handler, (one) => {
    answering = one
  })
  const { kind, value } = (await answering) as Awaited<Answering>
  return [kind, value]
}

const task = () => new Promise<void>((resolve) => setTimeout(resolve))
async function microtasks(count: number) {
  for (let i = 0; i < count; i++) await undefined
}

describe('a call of the handler', () => {
  it('has waited when a task has passed that was posted before it', async () => {
    expect(await answerTo(() => task())).toEqual(['fulfilled', undefined])
    expect(await answerTo(async () => void (await task()))).toEqual(['fulfilled', undefined])
  })

  it('has not within microtasks, however many', async () => {
    expect(await answerTo(async () => {})).toEqual(['at-once', undefined])
    expect(await answerTo(() => microtasks(100))).toEqual(['at-once', undefined])
    expect(await answerTo(vi.fn().mockResolvedValue(undefined))).toEqual(['at-once', undefined])
    expect(await answerTo(async () => null)).toEqual(['at-once', null])
    expect(await answerTo(() => task().then(() => null))).toEqual(['fulfilled', null])
  })

  it('is fulfilled with a value, waited or not; anything else is plain', async () => {
    expect(await answerTo(async () => 7)).toEqual(['fulfilled', 7])
    expect(await answerTo(() => 7)).toEqual(['plain', 7])
    expect(await answerTo(() => throwing('then'))).toEqual(['plain', expect.anything()])
  })

  it('knows under fake timers too', async () => {
    vi.useFakeTimers()
    const answered = answerTo(() => new Promise((resolve) => setTimeout(resolve, 10)))
    // The clock of the test moves; tasks pass by themselves.
    await new Promise((resolve) => setImmediateOf(resolve))
    vi.advanceTimersByTime(10)
    vi.useRealTimers()
    expect(await answered).toEqual(['fulfilled', undefined])
  })

  it('uses a timer where there are no messages', async () => {
    vi.stubGlobal('MessageChannel', undefined)
    expect(await answerTo(() => task())).toEqual(['fulfilled', undefined])
    expect(await answerTo(async () => {})).toEqual(['at-once', undefined])
    vi.unstubAllGlobals()
  })
})

/** Not faked. */
const setImmediateOf = setImmediate

describe('trackAction', () => {
  it('passes the arguments on, and the very result back', async () => {
    const submitted = vi.fn()
    const result = Promise.resolve(7)
    const action = vi.fn((_previous: number, _data: string) => result)
    expect(trackAction(action, submitted)(1, 'data')).toBe(result)
    expect(action).toHaveBeenCalledWith(1, 'data')
    expect(submitted).toHaveBeenCalledOnce()
    expect(await submitted.mock.lastCall?.[0]).toMatchObject({ kind: 'fulfilled', value: 7 })
  })

  it('takes the previous state of an action for nothing', async () => {
    const submitted = vi.fn()
    const state = { message: '' }
    trackAction(async (previous: object) => previous, submitted)(state)
    expect(await submitted.mock.lastCall?.[0]).toMatchObject({ kind: 'at-once', value: state })
    trackAction((previous: object) => task().then(() => previous), submitted)(state)
    expect(await submitted.mock.lastCall?.[0]).toMatchObject({ kind: 'fulfilled', value: state })
  })

  it('throws what the action throws, and says so, without a rejection that no one handles', async () => {
    const submitted = vi.fn()
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const error = new Error('no')
    for (const rejectionIsRead of [true, false]) {
      const fail = () => {
        throw error
      }
      expect(trackAction(fail, submitted, rejectionIsRead)).toThrow(error)
      expect(submitted.mock.lastCall?.[0]).toMatchObject({ kind: 'rejected', value: error })
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(unhandled).not.toHaveBeenCalled()
    trackAction(() => Promise.reject(error), submitted, false)()
    await vi.waitFor(() => expect(unhandled).toHaveBeenCalledExactlyOnceWith(error, expect.anything()))
    process.off('unhandledRejection', unhandled)
  })
})

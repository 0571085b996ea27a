import { describe, expect, it, vi } from 'vitest'
import { judge, trackAction } from '../../src/triggers/form-outcome.ts'

const response = (status: number) => new Response(null, { status })

describe('a fulfilled value', () => {
  it.each([
    ['nothing', undefined, ''],
    ['an object', { id: 7 }, ''],
    ['an error that was returned', new Error('ada@example.com'), ''],
    ['a response', response(201), ''],
    ['a response that failed', response(422), 'http_422'],
    ['a redirect', response(303), ''],
    ['an end of which nobody knows more', { ok: null }, undefined],
    ['an answer that is not ok', { ok: false, code: 'EMAIL_TAKEN' }, 'EMAIL_TAKEN'],
  ])('%s', (_, value, errorCode) => {
    expect(judge(value, false, false)).toBe(errorCode)
  })

  it('is a failure while a field is invalid, but not when it redirects', () => {
    expect(judge(undefined, false, true)).toBe('validation')
    expect(judge(response(302), false, true)).toBe('')
  })

  it('is what the developer says, whatever else there is', () => {
    expect(judge(response(500), false, true, 'success')).toBe('')
    expect(judge({ ok: true }, false, false, 'failure')).toBe('error')
    expect(judge({ status: 409 }, false, false, 'failure')).toBe('http_409')
    expect(judge(response(500), false, true, 'unknown')).toBeUndefined()
    expect(judge({ ok: null }, false, true, 'success')).toBe('')
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
    ['nothing found', Object.assign(new Error(), { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }), 'Error'],
  ])('%s is a failure', (_, value, errorCode) => {
    expect(judge(value, true, false)).toBe(errorCode)
  })

  it.each([
    ['by Next.js', Object.assign(new Error(), { digest: 'NEXT_REDIRECT;replace;/thanks;307;' })],
    ['by a router', response(302)],
  ])('is a success when it is a redirect %s', (_, value) => {
    expect(judge(value, true, true)).toBe('')
  })
})

describe('trackAction', () => {
  it('passes the arguments on, and the very result back', async () => {
    const submitted = vi.fn()
    const result = Promise.resolve(7)
    const action = vi.fn((_previous: number, _data: string) => result)
    expect(trackAction(action, submitted)(1, 'data')).toBe(result)
    expect(action).toHaveBeenCalledWith(1, 'data')
    expect(submitted).toHaveBeenCalledExactlyOnceWith(result, true)
    trackAction(action, submitted, false)(2, 'data')
    expect(submitted).toHaveBeenLastCalledWith(result, false)
  })

  it('throws what the action throws, and says so, without a rejection that nobody handles', async () => {
    const submitted = vi.fn()
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const error = new Error('no')
    const action = trackAction(
      () => {
        throw error
      },
      submitted,
      false,
    )
    expect(action).toThrow(error)
    expect(submitted).toHaveBeenCalledExactlyOnceWith(expect.any(Promise), true)
    await expect(submitted.mock.lastCall?.[0]).rejects.toBe(error)
    submitted.mockClear()
    expect(action).toThrow(error)
    await new Promise((resolve) => setTimeout(resolve, 20))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })
})

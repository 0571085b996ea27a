import { expect, test } from 'vitest'
import { type Answer, callHandler } from '../../src/triggers/handler-call.ts'

const kindOf = (handler: () => Promise<void>) =>
  new Promise<Answer['kind']>((resolve) => {
    void callHandler(handler, async (answering) => resolve((await answering).kind))
  })

test.each([0, 1, 100, 1_000])('a handler that waits for nothing, %i times, is no evidence', async (times) => {
  const kind = await kindOf(async () => {
    for (let count = 0; count < times; count++) await undefined
  })
  expect(kind).toBe('at-once')
})

test('a handler that waits for a task is evidence', async () => {
  expect(await kindOf(() => new Promise((resolve) => setTimeout(resolve)))).toBe('fulfilled')
})

// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFormObserver } from '../../src/triggers/form.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('an attempt whose form gave way to another says nothing more, though its field keeps the focus', async () => {
  document.body.innerHTML = '<form id="first"><input name="email"></form><form id="second"></form>'
  const form = (id: string) => document.getElementById(id) as HTMLFormElement
  const facts: string[] = []
  const observer = createFormObserver({ name: 'order', newId: () => 'attempt' }, ({ fact }) =>
    facts.push(fact),
  )
  observer.observe(form('first'))
  const field = form('first').elements[0] as HTMLInputElement
  field.focus()
  field.value = 'ada'
  field.dispatchEvent(new Event('input', { bubbles: true }))
  observer.observe(form('second'))
  expect(facts).toEqual(['start', 'abandon'])
  field.remove()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(facts).toEqual(['start', 'abandon'])
})

import { expect, test } from 'vitest'
import { earlierProperties, previewOf } from '../../../src/devtools/timeline/preview.ts'
import type { Decision } from '../../../src/engine/record/decision.ts'

test('shows what differs from the previous attempt of the event', () => {
  const first = { form_name: 'demo', form_id: '', error_code: 'validation', steps: 3 }
  expect(previewOf({ ...first, error_code: 'http_503' }, first)).toBe('error_code: "http_503"')
})

test('shows every value where nothing differs, or nothing came before, and no empty one', () => {
  const given = { form_id: '', step_name: '', form_name: 'demo', navigated: false, index: 0, none: null }
  const told = 'form_name: "demo", navigated: false, index: 0'
  expect(previewOf(given, undefined)).toBe(told)
  expect(previewOf(given, given)).toBe(told)
})

test('finds the previous attempt of the event further down the list', () => {
  const attempt = (event: string, tier: string) => ({ event, properties: { tier } }) as unknown as Decision
  const found = [attempt('a', '3'), attempt('b', '2'), attempt('a', '1')]
  expect(earlierProperties(found, 0, 'a')).toEqual({ tier: '1' })
  expect(earlierProperties(found, 2, 'a')).toBeUndefined()
})

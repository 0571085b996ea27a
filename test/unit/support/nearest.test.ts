import { expect, test } from 'vitest'
import { didYouMean } from '../../../src/support/nearest.ts'

const names = ['pricing_clicked', 'demo_booked', 'demo_form_started']

test.each([
  ['pricing_cliked', 'pricing_clicked'],
  ['demo_boooked', 'demo_booked'],
  ['demo-form-started', 'demo_form_started'],
])('%s is probably %s', (name, meant) => {
  expect(didYouMean(name, names)).toBe(` Did you mean "${meant}"?`)
})

test('says nothing rather than guess wildly', () => {
  expect(didYouMean('checkout', names)).toBe('')
  expect(didYouMean('x', [])).toBe('')
  expect(didYouMean('', names)).toBe('')
})

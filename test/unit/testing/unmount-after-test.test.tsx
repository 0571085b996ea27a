// @vitest-environment jsdom
import { definePlan, event } from 'react-microconversions/core'
import { renderWithTracking } from 'react-microconversions/testing'
import 'react-microconversions/testing/vitest-4'
import { expect, test } from 'vitest'
import { TrackedForm } from '../../../src/index.ts'

const plan = definePlan({
  name: 'acme',
  version: '1',
  events: { form_abandon: event(), form_start: event() },
})
const form = (
  <TrackedForm name="demo">
    <input aria-label="Work e-mail" />
  </TrackedForm>
)

// Vitest has no global `afterEach` here, without which Testing Library leaves what it rendered in the document.
test.each(['first', 'second'])('a tree is unmounted after its test: the %s', (_) => {
  const { getByLabelText } = renderWithTracking(form, { plan })
  expect(getByLabelText('Work e-mail')).toBeInstanceOf(HTMLInputElement)
})

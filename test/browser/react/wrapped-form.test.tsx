import { cleanup } from '@testing-library/react'
import { definePlan, event, standardEvents, TrackedForm, type TrackedFormProps } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { eventually } from './plan.ts'

afterEach(cleanup)

const plan = definePlan({
  name: 'site',
  version: '1',
  events: { ...standardEvents.form, demo_booked: event({ macro: true }) },
})

function Form({ className = '', children, ...props }: TrackedFormProps<typeof plan>) {
  return (
    <TrackedForm {...props} className={`form ${className}`}>
      {children}
      <button type="submit">Send</button>
    </TrackedForm>
  )
}

it('a form of the application around TrackedForm reports the events that it is given', async () => {
  const { container, decisions } = renderWithTracking(
    <Form
      name="demo"
      className="wide"
      events={{ start: 'form_start', success: 'demo_booked' }}
      onSubmit={async (submit) => {
        submit.preventDefault()
        await Promise.resolve()
        return { ok: true }
      }}
    >
      <input aria-label="Company" name="company" />
    </Form>,
    { plan },
  )
  expect(container.querySelector('form')?.className).toBe('form wide')
  await userEvent.fill(page.getByRole('textbox', { name: 'Company' }), 'Acme')
  await userEvent.click(page.getByRole('button', { name: 'Send' }))
  await eventually(() =>
    expect(decisions().map((decision) => decision.event)).toEqual(['form_start', 'demo_booked']),
  )
})

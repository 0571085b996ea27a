import { waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { renderWithTracking } from 'react-microconversions/testing'
import { expect, test } from 'vitest'
import { DemoForm } from './demo-form'
import { plan } from './plan'

test('a demo is booked when the server has answered', async () => {
  const tracking = renderWithTracking(<DemoForm save={async () => ({ ok: true })} />, { plan })
  await userEvent.type(tracking.getByLabelText('Work e-mail'), 'ada@example.com')
  await userEvent.click(tracking.getByRole('button', { name: 'Book a demo' }))
  await waitFor(() => expect(tracking).toHaveFiredInOrder(['demo_form_started', 'demo_booked']))
})

test('a server that refuses is no booking', async () => {
  const tracking = renderWithTracking(<DemoForm save={async () => ({ ok: false })} />, { plan })
  await userEvent.type(tracking.getByLabelText('Work e-mail'), 'ada@example.com')
  await userEvent.click(tracking.getByRole('button', { name: 'Book a demo' }))
  await waitFor(() => expect(tracking).toHaveFired('form_failure'))
  expect(tracking).not.toHaveFired('demo_booked')
})

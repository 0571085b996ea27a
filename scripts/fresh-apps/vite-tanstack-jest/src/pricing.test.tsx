import { expect, test } from '@jest/globals'
import { userEvent } from '@testing-library/user-event'
import { renderWithTracking } from 'react-microconversions/testing'
import { plan } from './plan'
import { Pricing } from './pricing'

test('pricing counts once per session', async () => {
  const tracking = renderWithTracking(<Pricing />, { plan })
  await userEvent.dblClick(tracking.getByRole('link', { name: 'See pricing' }))
  expect(tracking).toHaveFiredTimes('pricing_clicked', 1)
  expect(tracking).toHaveDropped('pricing_clicked', 'frequency')
})

// What a block of docs/ gets with `<!-- with: plan, tests -->`: the names of a test of a component.
import 'react-microconversions/testing/vitest-4'
import { renderWithTracking } from 'react-microconversions/testing'
import { plan } from './plan.tsx'

export { userEvent } from '@testing-library/user-event'
export { expect, test } from 'vitest'
export { renderWithTracking }

export const Pricing = () => <main />
export const tracking = renderWithTracking(<Pricing />, { plan })
export const video = document.createElement('video')

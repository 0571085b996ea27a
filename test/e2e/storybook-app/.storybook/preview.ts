import type { Preview } from '@storybook/react-vite'
import { trackingParameters } from 'react-microconversions/storybook'
import { plan } from '../plan.ts'

const preview: Preview = { parameters: trackingParameters(plan) }
export default preview

import { createTracker } from 'react-microconversions/core'
import { plan } from './plan.ts'

// Vite keeps `hot.data` when the plan is edited and this module runs again.
export const tracker = createTracker({ plan, replaces: import.meta.hot?.data['tracker'] })
if (import.meta.hot) import.meta.hot.data['tracker'] = tracker

import type { plan } from './plan.ts'

declare module 'react-microconversions' {
  interface Register {
    plan: typeof plan
  }
}

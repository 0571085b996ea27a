// What a block of README or docs/ gets with `<!-- with: plan -->`: every name exported here that it does not declare itself.
import { createTracker, definePlan, event, standardEvents } from 'react-microconversions'
import * as z from 'zod'

export {
  type ComponentProps,
  type FormEvent,
  type ReactNode,
  StrictMode,
  Suspense,
  useActionState,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
export * from 'react-microconversions'
export * from 'react-microconversions/consent'
export * from 'react-microconversions/destinations'
export * from 'react-microconversions/devtools'
export { z }

export const plan = definePlan({
  name: 'acme',
  version: '1',
  events: {
    pricing_clicked: event({
      frequency: 'once-per-session',
      properties: z.object({ tier: z.enum(['starter', 'pro']) }),
    }),
    demo_form_started: event({ goal: 'demo_booked' }),
    demo_booked: event({ macro: true, frequency: 'once-per-user' }),
    article_viewed: event(),
    chat_started: event(),
    faq_opened: event({ properties: z.object({ question: z.string() }) }),
    ...standardEvents.video,
    ...standardEvents.commerce,
    ...standardEvents.search,
    ...standardEvents.onboarding,
    sign_up: event({ properties: z.object({ method: z.string() }) }),
  },
  funnels: { demo: ['pricing_clicked', 'demo_form_started', 'demo_booked'] },
})

export const tracker = createTracker({ plan })

declare module 'react-microconversions' {
  interface Register {
    plan: typeof plan
  }
}

import { definePlan, event, standardEvents } from 'react-microconversions'
import * as z from 'zod'

/** The plan of the stories of components and hooks, unless a story has its own. */
export const storyPlan = definePlan({
  name: 'stories',
  version: '1',
  events: {
    ...standardEvents.navigation,
    ...standardEvents.form,
    ...standardEvents.video,
    pricing_clicked: event({
      description: 'Opens pricing from any call to action',
      stage: 'consideration',
      intent: 'high',
      goal: 'demo_booked',
      owner: 'growth',
      frequency: 'once-per-session',
      properties: z.object({ tier: z.enum(['starter', 'pro', 'scale']) }),
    }),
    tier_compared: event({
      description: 'Looks at a tier; counted once for each of them',
      goal: 'demo_booked',
      frequency: { per: 'session', key: ({ tier }) => tier },
      properties: z.object({ tier: z.enum(['starter', 'pro', 'scale']) }),
    }),
    guide_downloaded: event({
      description: 'Fetches a guide',
      goal: 'demo_booked',
      properties: z.object({ guide: z.string() }),
    }),
    search_used: event({ description: 'At most once in five seconds', frequency: { minGap: '5s' } }),
    demo_booked: event({ macro: true, frequency: 'once-per-user' }),
  },
  funnels: { demo: ['pricing_clicked', 'form_start', 'demo_booked'] },
})

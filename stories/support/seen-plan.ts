import { definePlan, event, standardEvents, typed } from 'react-microconversions'

/** For stories of what is seen and read. */
export const seenPlan = definePlan({
  name: 'seen',
  version: '1',
  events: {
    ...standardEvents.visibility,
    ...standardEvents.scroll,
    ...standardEvents.attention,
    pricing_seen: event({
      description: 'The table of prices was really seen',
      stage: 'consideration',
      frequency: 'once-per-session',
      properties: typed<{ element_name: string; tiers: number }>(),
    }),
  },
})

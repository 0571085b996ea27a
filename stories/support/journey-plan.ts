import { definePlan, event, typed } from 'react-microconversions'

/** A user's way through a product site: what follows from what, and where it leads. */
export const journeyPlan = definePlan({
  name: 'journey',
  version: '1',
  events: {
    article_viewed: event({
      description: 'Opens an article; counted once a session for each',
      intent: 'low',
      frequency: { per: 'session', key: ({ slug }) => slug },
      properties: typed<{ slug: string }>(),
    }),
    second_article: event({
      description: 'Reads on',
      intent: 'medium',
      after: { event: 'article_viewed', times: 2, within: 'session' },
    }),
    login: event({ description: 'Logs in' }),
    login_repeated: event({
      description: 'Comes back to work',
      properties: typed<{ hours_between: number }>(),
      after: {
        event: 'login',
        times: 2,
        within: '7d',
        properties: ([first, second]) => ({
          hours_between: Math.round(((second?.time ?? 0) - (first?.time ?? 0)) / 3_600_000),
        }),
      },
    }),
    pricing_viewed: event({ description: 'Looks at the prices', intent: 'medium' }),
    trial_started: event({ description: 'Tries the product', intent: 'high' }),
    trial_missed: event({
      description: 'Looked at the prices, and started no trial in three days',
      after: { event: 'pricing_viewed', without: 'trial_started', within: '3d' },
    }),
    plan_bought: event({ description: 'Buys', macro: true }),
  },
  funnels: {
    purchase: { steps: ['pricing_viewed', 'trial_started', 'plan_bought'], within: '14d' },
  },
})

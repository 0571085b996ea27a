import { createTracker, definePlan, event, journey, typed } from 'react-microconversions/core'

export const plan = definePlan({
  name: 'journey',
  version: '1',
  events: {
    article_viewed: event({
      intent: 'low',
      frequency: { per: 'session', key: ({ slug }) => slug },
      properties: typed<{ slug: string }>(),
    }),
    // The second article of a session: another one, as the frequency above says.
    second_article: event({
      intent: 'medium',
      after: { event: 'article_viewed', times: 2, within: 'session' },
    }),

    login: event({}),
    // The second login of a week, with what its causes tell.
    login_repeated: event({
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

    pricing_viewed: event({ intent: 'medium' }),
    trial_started: event({ intent: 'high' }),
    // Found when the visitor is here again: `dueAt` says when the three days were over.
    trial_missed: event({ after: { event: 'pricing_viewed', without: 'trial_started', within: '3d' } }),

    plan_bought: event({ macro: true, frequency: 'once-per-user' }),
  },
  funnels: {
    purchase: { steps: ['pricing_viewed', 'trial_started', 'plan_bought'], within: '14d' },
  },
})

export const tracker = createTracker({ plan, journey, consent: 'pending' })

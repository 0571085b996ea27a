import { event } from './event.ts'
import type { FormFacts, PageFacts, VideoFacts } from './facts.ts'
import { typed } from './standard-schema.ts'

const oncePerFact = { per: 'page', key: 'fact' } as const
const oncePerSessionAndFact = { per: 'session', key: 'fact' } as const

/**
 * Ready-made definitions: `events: { ...standardEvents.form, … }`. Names and parameter names are GA4's where GA4 has them
 * (https://support.google.com/analytics/answer/9234069, …/9216061); a component finds them in the plan by itself.
 */
export const standardEvents = {
  form: {
    /** GA4: first interaction with a form in a session. */
    form_start: event({
      stage: 'intent',
      kind: 'lead',
      frequency: oncePerSessionAndFact,
      properties: typed<FormFacts['start']>(),
    }),
    form_field: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<FormFacts['field']>(),
    }),
    form_step: event({ kind: 'milestone', properties: typed<FormFacts['step']>() }),
    /** GA4. */
    form_submit: event({ stage: 'intent', kind: 'lead', properties: typed<FormFacts['submit']>() }),
    form_success: event({ stage: 'intent', kind: 'lead', properties: typed<FormFacts['success']>() }),
    form_failure: event({ kind: 'engagement', properties: typed<FormFacts['failure']>() }),
    form_abandon: event({ kind: 'engagement', properties: typed<FormFacts['abandon']>() }),
    form_resume: event({ kind: 'engagement', properties: typed<FormFacts['resume']>() }),
  },
  video: {
    /** GA4. */
    video_start: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VideoFacts['start']>(),
    }),
    /** GA4; marks in percent, and ours in seconds. */
    video_progress: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VideoFacts['progress']>(),
    }),
    /** GA4. */
    video_complete: event({
      kind: 'engagement',
      frequency: oncePerFact,
      properties: typed<VideoFacts['complete']>(),
    }),
  },
  navigation: {
    /** GA4. */
    page_view: event({ kind: 'navigation', stage: 'awareness', properties: typed<PageFacts['view']>() }),
  },
} as const

import type { SeenFact } from '../../react/wiring/instruments.ts'
import type { Progress } from '../../react/wiring/progress.ts'
import { duration } from '../../support/duration-in-words.ts'
import { ago } from '../parts/time-words.ts'

/** A component that would report the event, and what is known of it. */
export interface Witness {
  /** Title such as `TrackedForm “demo”`. */
  readonly title: string
  readonly name: string
  /** Facts that it can report. */
  readonly can: readonly string[]
  /** Facts that fire the event. */
  readonly wanted: readonly string[]
  /** Facts that it has reported, each the last time, oldest first. */
  readonly seen: readonly SeenFact[]
  readonly progress?: Progress | undefined
  readonly measured: Measured
  /** Why neither success nor failure of the last submission counts. */
  readonly unknownOutcome?: string | undefined
}

/** Measurements on the page. */
export interface Measured {
  /** Share of the element in view, 0 to 1. */
  readonly share: number
  /** Place in the content, in percent: of the lower edge now, and of the lowest that the user scrolled to. */
  readonly scrolled: { readonly now: number; readonly reached: number | undefined }
  /** True if the window has the focus. */
  readonly focused: boolean
}

export interface Evidence {
  /** One sentence about what the user has done so far. */
  readonly text: string
  /** Time of it, epoch ms; undefined for a state. */
  readonly time?: number | undefined
  /** Attempt that shows it. */
  readonly attempt?: number | undefined
}

/** Says what has happened so far with a component that would report the event. */
export function evidenceOf(witness: Witness, now: number): Evidence {
  if (witness.can.includes('failure')) return formEvidence(witness, now)
  const { progress } = witness
  return progress ? { text: progressInWords(progress, witness) } : otherEvidence(witness, now)
}

function formEvidence({ name, seen, unknownOutcome }: Witness, now: number): Evidence {
  const form = name ? `The form “${name}”` : 'The form'
  const last = seen.findLast(({ fact }) => fact in formWords)
  if (!last) return { text: `${form} was not touched yet.` }
  const { fact, time, attempt } = last
  const said = formWords[fact as keyof typeof formWords](last, ago(time, now))
  const outcome = unknownOutcome
    ? `, and its outcome is unknown: ${unknownOutcome}`
    : ', without an outcome yet'
  return { text: `${form} ${said}${fact === 'submit' ? outcome : ''}.`, time, attempt }
}

type InWords = (seen: SeenFact, when: string) => string

/** State of a form after each of its facts. Facts between them, such as a step, change nothing. */
const formWords = {
  start: (_, when) => `was started ${when}, and not submitted`,
  field: ({ payload }, when) =>
    `was last filled in ${when} (${textOf(payload, 'field_name')}), and not submitted`,
  resume: (_, when) => `was taken up again ${when}, and not submitted`,
  abandon: (_, when) => `was abandoned ${when}`,
  submit: (_, when) => `was submitted ${when}`,
  success: (_, when) => `succeeded ${when}`,
  failure({ payload }, when) {
    const code = textOf(payload, 'error_code')
    if (code !== 'validation') return `was submitted ${when} and failed: ${code}`
    const names = textOf(payload, 'invalid_field_names').replaceAll(',', ', ')
    return `was submitted ${when} and stopped by validation${names && `: ${names}`}`
  },
} satisfies Record<string, InWords>

const textOf = (payload: object, key: string) => String(Reflect.get(payload, key) ?? '')

function progressInWords(progress: Progress, { name, title, wanted, measured }: Witness): string {
  switch (progress.kind) {
    case 'video':
      return videoInWords(progress, name, wanted)
    case 'visibility':
      return visibilityInWords(progress, title, wanted, measured)
    case 'scroll': {
      const { now, reached } = measured.scrolled
      const where = name === 'page' ? 'the page' : `“${name}”`
      const place =
        reached === undefined
          ? `has not scrolled: the upper ${now}% of ${where} is in view`
          : `has scrolled to ${reached}% of ${where}`
      return `The user ${place}${nextInWords(progress.next)}.`
    }
    case 'attention': {
      const focus = measured.focused ? '' : '; the window does not have the focus now'
      return `The user has paid attention for ${duration(progress.activeMs)}${nextInWords(progress.next)}${focus}.`
    }
  }
}

const nextInWords = (mark: string | undefined) => (mark === undefined ? '' : `; the next mark is ${mark}`)

type ProgressOf<Kind> = Extract<Progress, { readonly kind: Kind }>

function videoInWords(
  { played, watchedS, wholeS, next }: ProgressOf<'video'>,
  name: string,
  wanted: readonly string[],
): string {
  const video = `The video “${name}”`
  if (!played) return `${video} has not been played yet.`
  const share = wholeS > 0 ? ` of ${duration(wholeS * 1000)} (${Math.round((100 * watchedS) / wholeS)}%)` : ''
  const wants = wanted.includes('progress')
    ? nextInWords(next)
    : wanted.includes('complete')
      ? '; it is complete once its end was played'
      : ''
  return `${video} was watched for ${duration(watchedS * 1000)}${share}${wants}.`
}

function visibilityInWords(
  { viewed, longestMs, neededMs, neededShare }: ProgressOf<'visibility'>,
  title: string,
  wanted: readonly string[],
  { share }: Measured,
): string {
  if (viewed && wanted.includes('dwell'))
    return `${title} was seen; how long is reported when the tab is hidden or the page ends.`
  const most = longestMs ? `; it was for ${duration(longestMs)} at most` : ''
  return `${percent(share)} of ${title} is in view; it counts when ${percent(neededShare)} is, for ${duration(neededMs)}${most}.`
}

const percent = (share: number) => `${Math.round(100 * share)}%`

function otherEvidence({ title, seen, wanted }: Witness, now: number): Evidence {
  const last = seen.at(-1)
  const wants = wanted.join(' or ')
  if (!last)
    return {
      text: wants === 'click' ? `${title} was not clicked yet.` : `${title} has not reported ${wants} yet.`,
    }
  const { fact, time, attempt } = last
  return {
    text: `${title} reported ${fact} ${ago(time, now)}${wanted.includes(fact) ? '' : `, not ${wants}`}.`,
    time,
    attempt,
  }
}

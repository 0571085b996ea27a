import type { JsonSchema } from '../../plan/json-schema.ts'
import type { standardEvents } from '../../plan/standard-events.ts'
import { commerce } from './commerce.ts'
import { attention, links, navigation, onboarding, scroll, search, visibility, visits } from './content.ts'
import type { Described } from './described.ts'
import { chat, experiments, meetings } from './embeds.ts'
import { type FieldsOf, objectOf } from './fields.ts'
import { form } from './form.ts'
import { video } from './video.ts'

/** Descriptions, kept apart from the events so that browsers do not load them. */
const groups: { readonly [Group in keyof typeof standardEvents]: Described<Group> } = {
  form,
  video,
  commerce,
  search,
  visits,
  onboarding,
  links,
  visibility,
  scroll,
  attention,
  scheduler: meetings,
  chat,
  experiments,
  navigation,
}

interface AnyDescribed {
  readonly description: string
  readonly fields: FieldsOf<object>
}

const all = Object.values<object>(groups).flatMap((group) => Object.entries<AnyDescribed>({ ...group }))

/** Descriptions by name of the standard event. */
export const standardDescriptions: Readonly<Record<string, string>> = Object.fromEntries(
  all.map(([name, { description }]) => [name, description]),
)

/** JSON Schemas of the properties by name of the standard event. */
export const standardSchemas: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
  all.map(([name, { fields }]) => [name, objectOf(fields)]),
)

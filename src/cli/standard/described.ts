import type { EventDefinition } from '../../plan/event.ts'
import type { standardEvents } from '../../plan/standard-events.ts'
import type { FieldsOf } from './fields.ts'

type PropertiesOf<Event> = Event extends EventDefinition<infer Properties, never> ? Properties : never

/** Description of a standard event, kept apart from the event so that browsers do not load it. */
export interface DescribedEvent<Properties> {
  readonly description: string
  readonly fields: FieldsOf<Properties>
}

/** Descriptions of a group of standard events. The compiler requires each event, and each property of its type. */
export type Described<Group extends keyof typeof standardEvents> = {
  readonly [Name in keyof (typeof standardEvents)[Group]]: DescribedEvent<
    PropertiesOf<(typeof standardEvents)[Group][Name]>
  >
}

import type { EmbedProtocol } from './protocol.ts'

/** Signal of an embedded form. */
export interface FormSignal {
  readonly fact: 'start' | 'step' | 'submit' | 'success' | 'failure'
  /** Id of the step, an id of the service. */
  readonly step?: string | undefined
  readonly errorCode?: string | undefined
}

/** Adapter of a service for forms. */
export type EmbeddedFormProtocol = EmbedProtocol<FormSignal>

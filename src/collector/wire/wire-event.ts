import type { JsonObject } from './shape.ts'

/** A received event of either wire version, with its context and page. Field names are those of version 2. */
export interface WireEvent {
  readonly id: string
  readonly name: string
  readonly version?: string
  readonly properties: JsonObject
  readonly time: number
  readonly scope?: JsonObject
  readonly replay?: string
  readonly stage?: string
  readonly intent?: string
  readonly goal?: string
  readonly value?: { readonly value: number; readonly currency: string }
  readonly sampleRate?: number
  readonly rollout?: number
  readonly shadow?: true
  readonly trigger?: WireTrigger
  readonly issues?: readonly string[]
  readonly causes?: readonly string[]
  readonly dueAt?: number
  readonly context: WireContext
  readonly page: WirePage
}

export interface WireTrigger {
  readonly component: string
  readonly fact: string
  readonly factKey?: string
  readonly attemptId?: string
  readonly synthetic?: 'delivered'
}

export interface WirePage {
  readonly number: number
  readonly path: string
  readonly type?: string
}

export interface WireContext {
  readonly plan: string
  readonly planVersion: string
  readonly release?: string
  readonly anonymousId: string
  readonly userId?: string
  readonly sessionId: string
  readonly consent: Readonly<Record<string, string>>
  readonly storage?: 'memory' | 'persistent'
  readonly landing?: WireLanding
  readonly device: { readonly class: string; readonly language: string; readonly timeZone: string }
  readonly user?: { readonly visit: number; readonly returning: boolean; readonly daysSinceLast?: number }
  readonly bot?: boolean
  readonly traits?: JsonObject
  readonly experiments?: Readonly<Record<string, string>>
}

export interface WireLanding {
  readonly path: string
  readonly referrerClass: string
  readonly campaign?: Readonly<
    Partial<Record<'source' | 'medium' | 'name' | 'term' | 'content' | 'click', string>>
  >
}

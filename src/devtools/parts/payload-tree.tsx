import { CopyButton } from './copy-button.tsx'
import { JsonView, type Marks } from './json-view.tsx'
import { toJson } from './plain-value.ts'

interface PayloadTreeProps {
  readonly label: string
  readonly value: unknown
  readonly marks?: Marks | undefined
}

/** Folded tree of a payload, with a button that copies it as JSON. Reads the value when the user unfolds it. */
export function PayloadTree({ label, value, marks }: PayloadTreeProps) {
  return (
    <details className="folded">
      <summary>{label}</summary>
      <CopyButton text={() => toJson(value)}>Copy payload</CopyButton>
      <JsonView value={value} empty="Nothing." marks={marks} />
    </details>
  )
}

/**
 * Parses JSON text, the payload form of `http()`. Wraps other text in an object; returns any other payload unchanged.
 */
export function parsedPayload(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload
  try {
    return JSON.parse(payload) as unknown
  } catch {
    return { text: payload }
  }
}

import { useMemo } from 'react'
import type { Decision } from '../../engine/record/decision.ts'
import { useExtensions } from '../overlay-state.ts'
import { ExtensionBoundary } from './extension-boundary.tsx'
import type { DestinationExtension } from './extensions.ts'

interface OwnPayloadProps {
  /** `Summary` renders inline, `Payload` as a block. */
  readonly as: keyof DestinationExtension
  /** Destination name. */
  readonly name: string
  /** Undefined if the record does not have the payload. */
  readonly payload: unknown
  readonly decision: Decision
}

/** Renders the application's view of a payload, or nothing if the destination has none. */
export function OwnPayload({ as, name, payload, decision }: OwnPayloadProps) {
  const View = useExtensions(({ destinations }) => destinations[name]?.[as])
  const read = useMemo(() => (View ? fromJson(payload) : undefined), [View, payload])
  if (!View || payload === undefined) return null
  const shown = (
    <ExtensionBoundary name={`${as} of “${name}”`}>
      <View payload={read} decision={decision} />
    </ExtensionBoundary>
  )
  if (as === 'Payload') return <div className="payload">{shown}</div>
  return (
    <>
      {' '}
      <span className="sample">{shown}</span>
    </>
  )
}

/** Parses JSON text, the payload form of `http()`; returns any other payload unchanged. */
function fromJson(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}

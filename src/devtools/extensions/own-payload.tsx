import { useMemo } from 'react'
import type { Decision } from '../../engine/types.ts'
import { useExtensions } from '../overlay-state.ts'
import { ExtensionBoundary } from './extension-boundary.tsx'
import type { DestinationExtension } from './extensions.ts'

interface OwnPayloadProps {
  /** `Summary` is in a line, `Payload` a block. */
  readonly as: keyof DestinationExtension
  /** Of the destination. */
  readonly name: string
  /** Undefined: not known. */
  readonly payload: unknown
  readonly decision: Decision
}

/** What the application makes of a payload; nothing, where it has nothing for that destination. */
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

/** `http()` and its like keep text. */
function fromJson(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}

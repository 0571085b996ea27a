'use client'

import * as React from 'react'

/** Call stacks of a render, as the browser formats them. They are parsed only when the overlay shows them. */
export interface Rendering {
  /** Stack at the call of the hook. */
  readonly hook: string
  /** Stack of the owner components, nearest first; empty before React 19.1. */
  readonly owners: string
}

let wanted = false

/** Starts to record call stacks of renders, because this build contains an overlay. */
export function noteRenderings(): void {
  wanted = true
}

function useNotedRendering(): Rendering | undefined {
  const rendering = React.useRef<Rendering | undefined>(undefined)
  if (wanted && !rendering.current) {
    // Not a named import, because a bundler would also look for it in React 18.
    const { captureOwnerStack } = React as { captureOwnerStack?: () => string | null }
    rendering.current = { hook: new Error().stack ?? '', owners: captureOwnerStack?.() ?? '' }
  }
  return rendering.current
}

/** Returns the call stacks of the calling component; undefined in production, and in development without an overlay. */
export const useRendering: () => Rendering | undefined =
  process.env.NODE_ENV === 'production' ? () => undefined : useNotedRendering

'use client'

import * as React from 'react'

/** Who rendered a component or called a hook: stacks as the browser writes them, read when somebody looks. */
export interface Rendering {
  /** Of the call of the hook. */
  readonly hook: string
  /** Of its owners, nearest first; empty before React 19.1. */
  readonly owners: string
}

let wanted = false

/** An overlay is in this build: whoever renders from now on notes by whom. */
export function noteRenderings(): void {
  wanted = true
}

/** Where the component that calls it stands in the code. In development only. */
export function useRendering(): { readonly current: Rendering | undefined } {
  const rendering = React.useRef<Rendering | undefined>(undefined)
  if (wanted && !rendering.current) {
    // Not a named import: a bundler looks for it in React 18, too.
    const { captureOwnerStack } = React as { captureOwnerStack?: () => string | null }
    rendering.current = { hook: new Error().stack ?? '', owners: captureOwnerStack?.() ?? '' }
  }
  return rendering
}

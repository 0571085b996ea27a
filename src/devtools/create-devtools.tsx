'use client'

import { useEffect } from 'react'
import type { AnyTracker } from '../engine/types.ts'
import { useTracker } from '../react/provider.tsx'
import type { MountOverlay, OverlayPosition } from './mount-overlay.tsx'

export interface MicroconversionDevtoolsProps {
  /** Default: the tracker of the nearest `MicroconversionProvider`. */
  readonly tracker?: AnyTracker | undefined
  /** Default false: a button opens the panel. */
  readonly defaultOpen?: boolean | undefined
  /** The corner of the button and of the panel. Default `'bottom-right'`. */
  readonly position?: OverlayPosition | undefined
}

/**
 * A component that renders nothing here: the overlay lives in a React root and a shadow root of its own. `load` is an
 * `import()` in the entry, because a bundler that splits code keeps a chunk for each one that is not in a dead branch.
 */
export function createDevtools(load: () => Promise<{ readonly mountOverlay: MountOverlay }>) {
  function Mounted({ tracker, defaultOpen = false, position = 'bottom-right' }: MicroconversionDevtoolsProps & { tracker: AnyTracker }) {
    // biome-ignore lint/correctness/useExhaustiveDependencies: what the overlay starts with
    useEffect(() => {
      const unwatch = tracker.record.watch()
      let unmount: (() => void) | undefined
      let wanted = true
      load().then(
        ({ mountOverlay }) => {
          if (wanted) unmount = mountOverlay(tracker, { defaultOpen, position })
        },
        (error: unknown) => console.error('The microconversions overlay could not be loaded.', error),
      )
      return () => {
        wanted = false
        unmount?.()
        unwatch()
      }
    }, [tracker, position])
    return null
  }

  function FromContext(props: MicroconversionDevtoolsProps) {
    return <Mounted {...props} tracker={useTracker()} />
  }

  /** Shows each attempt to emit an event, and why it fired or did not. */
  return function MicroconversionDevtools({ tracker, ...options }: MicroconversionDevtoolsProps) {
    return tracker ? <Mounted {...options} tracker={tracker} /> : <FromContext {...options} />
  }
}

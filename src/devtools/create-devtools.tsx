'use client'

import { type ReactElement, useContext, useEffect } from 'react'
import type { AnyTracker } from '../engine/types.ts'
import { orphan, TrackerContext } from '../react/context.ts'

export type OverlayPosition = 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left'

export interface MicroconversionDevtoolsProps {
  /** Default: the tracker of the nearest `MicroconversionProvider`. */
  readonly tracker?: AnyTracker | undefined
  /** Default false: a button opens the panel. */
  readonly defaultOpen?: boolean | undefined
  /** The corner of the button and of the panel. Default `'bottom-right'`. */
  readonly position?: OverlayPosition | undefined
}

/** Puts the overlay into the document. Returns an unmount. */
export type MountOverlay = (tracker: AnyTracker, options: OverlayOptions) => () => void
export interface OverlayOptions {
  readonly defaultOpen: boolean
  readonly position: OverlayPosition
}

type Load = () => Promise<{ readonly mountOverlay: MountOverlay }>

/**
 * The component of an entry. `load` is an `import()` that stands in the entry itself: a bundler that splits code keeps
 * a chunk for each `import()` outside of a dead branch, even in a module that it drops.
 */
export function createDevtools(load: Load): (props: MicroconversionDevtoolsProps) => ReactElement {
  return ({ tracker, ...options }: MicroconversionDevtoolsProps) =>
    tracker ? (
      <Mounted {...options} tracker={tracker} load={load} />
    ) : (
      <FromContext {...options} load={load} />
    )
}

interface MountedProps extends MicroconversionDevtoolsProps {
  readonly tracker: AnyTracker
  readonly load: Load
}

/** Without a Provider it starts all the same: it is where somebody looks for the reason. */
function FromContext(props: Omit<MountedProps, 'tracker'>) {
  return <Mounted {...props} tracker={useContext(TrackerContext) ?? orphan} />
}

/** Renders nothing here: the overlay lives in a React root and a shadow root of its own. */
function Mounted({ tracker, load, defaultOpen = false, position = 'bottom-right' }: MountedProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `defaultOpen` is only a beginning
  useEffect(() => {
    const unwatch = tracker.record.watch()
    let unmount: (() => void) | undefined
    let wanted = true
    load()
      .then(({ mountOverlay }) => {
        if (wanted) unmount = mountOverlay(tracker, { defaultOpen, position })
      })
      .catch((error: unknown) => console.error('The microconversions overlay could not start.', error))
    return () => {
      wanted = false
      unmount?.()
      unwatch()
    }
  }, [tracker, load, position])
  return null
}

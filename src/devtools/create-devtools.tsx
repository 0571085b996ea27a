'use client'

import { type ReactElement, useContext, useEffect, useRef } from 'react'
import { watchCalls } from '../engine/call-sites.ts'
import type { AnyTracker } from '../engine/types.ts'
import { orphan, TrackerContext } from '../react/context.ts'
import { noteRenderings } from '../react/rendering.ts'
import type { DevtoolsExtensions } from './extensions/extensions.ts'
import type { OverlayTheme } from './shell/looks.ts'
import type { OverlayPosition } from './shell/places.ts'
import { DEFAULT_SHORTCUT, type OverlayShortcut } from './shell/shortcut.ts'
import type { CodePlace } from './source/place.ts'

/** May change while the overlay is there. */
export interface DevtoolsOptions {
  /** Tabs, columns and views of payloads of your own. */
  readonly extensions?: DevtoolsExtensions | undefined
  /**
   * Opens a place of the code, in development. One of this origin is fetched on a click, any other is a link. Default: the
   * development server of Vite, Next.js or webpack is asked.
   */
  readonly editorUrl?: ((place: CodePlace) => string) | undefined
}

export interface MicroconversionPanelProps extends DevtoolsOptions {
  /** Default: the tracker of the nearest `MicroconversionProvider`. */
  readonly tracker?: AnyTracker | undefined
  /** Default `'system'`. What somebody chooses in the settings goes before it. */
  readonly theme?: OverlayTheme | undefined
}

export interface MicroconversionDevtoolsProps extends MicroconversionPanelProps {
  /** Default false: a button opens the panel. */
  readonly defaultOpen?: boolean | undefined
  /** Where the button is, and the panel while it floats. Default `'bottom-right'`. Somebody may have moved it since. */
  readonly position?: OverlayPosition | undefined
  /** Opens and closes the panel, outside of fields. Default `'Alt+Shift+M'`; false for none. */
  readonly shortcut?: OverlayShortcut | false | undefined
}

/** Puts the overlay into the document. */
export type MountOverlay = (tracker: AnyTracker, options: OverlayOptions) => MountedOverlay
export interface MountedOverlay {
  readonly change: (options: DevtoolsOptions) => void
  readonly unmount: () => void
}
export interface OverlayOptions extends DevtoolsOptions {
  readonly open: boolean
  readonly position: OverlayPosition
  readonly theme: OverlayTheme
  /** Empty: none. */
  readonly shortcut: string
  /** Why it is in a production build: shown. */
  readonly because?: string | undefined
  /** The element that it fills; otherwise it stands above the page. */
  readonly into?: HTMLElement | undefined
}

interface Reason {
  readonly because?: string | undefined
}

type Load = () => Promise<{ readonly mountOverlay: MountOverlay }>

/**
 * The components of an entry. `load` is an `import()` that stands in the entry itself: a bundler that splits code keeps
 * a chunk for each `import()` outside of a dead branch, even in a module that it drops.
 */
export function createDevtools(load: Load): (props: MicroconversionDevtoolsProps & Reason) => ReactElement {
  if (process.env.NODE_ENV !== 'production') noteRenderings()
  return (props) => <WithTracker {...props} load={load} />
}

export function createPanel(load: Load): (props: MicroconversionPanelProps & Reason) => ReactElement {
  if (process.env.NODE_ENV !== 'production') noteRenderings()
  return (props) => <WithTracker {...props} load={load} fills />
}

interface MountedProps extends MicroconversionDevtoolsProps, Reason {
  readonly load: Load
  /** Inside the element that it renders, rather than above the page. */
  readonly fills?: boolean | undefined
}

function WithTracker({ tracker, ...rest }: MountedProps) {
  return tracker ? <Mounted {...rest} tracker={tracker} /> : <FromContext {...rest} />
}

/** Without a Provider it starts all the same: it is where somebody looks for the reason. */
function FromContext(props: MountedProps) {
  return <Mounted {...props} tracker={useContext(TrackerContext) ?? orphan} />
}

/** Renders nothing here but a place: the overlay lives in a React root and a shadow root of its own. */
function Mounted({
  tracker,
  load,
  because,
  fills = false,
  defaultOpen = false,
  position = 'bottom-right',
  theme = 'system',
  shortcut = DEFAULT_SHORTCUT,
  extensions,
  editorUrl,
}: MountedProps & { readonly tracker: AnyTracker }) {
  const place = useRef<HTMLDivElement>(null)
  const options = useRef<DevtoolsOptions>({})
  const overlay = useRef<MountedOverlay>(undefined)
  // Written in place they are others at each render: the overlay stays, and takes them over.
  useEffect(() => {
    options.current = { extensions, editorUrl }
    overlay.current?.change(options.current)
  }, [extensions, editorUrl])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `defaultOpen` is only a beginning
  useEffect(() => {
    const unwatch = tracker.record.watch()
    const unwatchCalls = process.env.NODE_ENV === 'production' ? undefined : watchCalls(tracker)
    let wanted = true
    load()
      .then(({ mountOverlay }) => {
        if (!wanted) return
        overlay.current = mountOverlay(tracker, {
          open: defaultOpen,
          position,
          theme,
          shortcut: shortcut || '',
          because,
          into: place.current ?? undefined,
          ...options.current,
        })
      })
      .catch((error: unknown) => console.error('The microconversions overlay could not start.', error))
    return () => {
      wanted = false
      overlay.current?.unmount()
      overlay.current = undefined
      unwatch()
      unwatchCalls?.()
    }
  }, [tracker, load, because, position, theme, shortcut])
  return fills ? <div ref={place} style={{ blockSize: '100%' }} /> : null
}

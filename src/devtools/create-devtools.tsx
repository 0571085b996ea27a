'use client'

import { type ReactElement, useContext, useEffect, useRef } from 'react'
import { watchCalls } from '../engine/pipeline/call-sites.ts'
import type { AnyTracker } from '../engine/tracker-api.ts'
import { PlaceContext } from '../react/context.ts'
import { noteRenderings } from '../react/wiring/rendering.ts'
import type { DevtoolsExtensions } from './extensions/extensions.ts'
import type { OverlayTheme } from './shell/looks.ts'
import type { OverlayPosition } from './shell/places.ts'
import { DEFAULT_SHORTCUT, type OverlayShortcut } from './shell/shortcut.ts'
import type { CodePlace } from './source/place.ts'

/** Options that all overlay components share. They may change while the overlay is mounted. */
export interface DevtoolsOptions {
  /** Your own tabs, timeline columns and payload views. Default none. */
  readonly extensions?: DevtoolsExtensions | undefined
  /**
   * Returns the URL that opens a source location in your editor; development only. On a click the overlay fetches a
   * same-origin URL and follows any other as a link. Default: the editor endpoint of the Vite, Next.js or webpack
   * development server.
   */
  readonly editorUrl?: ((place: CodePlace) => string) | undefined
}

/** Props of `MicroconversionPanel`. */
export interface MicroconversionPanelProps extends DevtoolsOptions {
  /** Tracker to inspect. Default: the tracker of the nearest `MicroconversionProvider`. */
  readonly tracker?: AnyTracker | undefined
  /** Colour theme. Default `'system'`. The user's saved setting takes precedence. */
  readonly theme?: OverlayTheme | undefined
}

/** Props of `MicroconversionDevtools`. */
export interface MicroconversionDevtoolsProps extends MicroconversionPanelProps {
  /** Opens the panel initially. Default false: only the button is visible. The user's saved state takes precedence. */
  readonly defaultOpen?: boolean | undefined
  /**
   * Position of the button and of the floating panel. Default `'bottom-right'`. The user's saved setting takes
   * precedence.
   */
  readonly position?: OverlayPosition | undefined
  /**
   * Keyboard shortcut that opens and closes the panel, except while a text field has the focus. Default
   * `'Alt+Shift+M'`; false disables it. The user's saved setting takes precedence.
   */
  readonly shortcut?: OverlayShortcut | false | undefined
}

/** Mounts the overlay in the document. */
export type MountOverlay = (tracker: AnyTracker, options: OverlayOptions) => MountedOverlay
export interface MountedOverlay {
  readonly change: (options: DevtoolsOptions) => void
  /** Opens the timeline with the attempts of one event. */
  readonly showAttempts: (event: string) => void
  readonly unmount: () => void
}
export interface OverlayOptions extends DevtoolsOptions {
  readonly open: boolean
  readonly position: OverlayPosition
  readonly theme: OverlayTheme
  /** Keyboard shortcut; empty disables it. */
  readonly shortcut: string
  /** Reason that the panel shows for running in a production build. */
  readonly because?: string | undefined
  /** Element that the overlay fills. Default: the overlay floats above the page. */
  readonly into?: HTMLElement | undefined
  /** Ids of the built-in views to show. Default: all. */
  readonly tabs?: readonly string[] | undefined
}

interface Reason {
  readonly because?: string | undefined
}

type Load = () => Promise<{ readonly mountOverlay: MountOverlay }>

/**
 * Creates the overlay component of an entry point. Each entry point passes its own `import()` as `load`: a bundler with
 * code splitting emits a chunk for every `import()` in a live branch, even in a module that it drops.
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
  /** Fills the rendered element instead of floating above the page. Default false. */
  readonly fills?: boolean | undefined
}

function WithTracker({ tracker, ...rest }: MountedProps) {
  return tracker ? <Mounted {...rest} tracker={tracker} /> : <FromContext {...rest} />
}

/** Mounts without a Provider too, because the overlay explains what is missing. */
function FromContext(props: MountedProps) {
  return <Mounted {...props} tracker={useContext(PlaceContext).tracker} />
}

/** Renders at most an empty container: the overlay has its own React root and shadow root. */
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
  // Inline objects change on every render: update the mounted overlay instead of mounting it again.
  useEffect(() => {
    options.current = { extensions, editorUrl }
    overlay.current?.change(options.current)
  }, [extensions, editorUrl])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `defaultOpen` is an initial value
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

import {
  type CSSProperties,
  forwardRef,
  type KeyboardEvent,
  Suspense,
  useDeferredValue,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from 'react'
import { onLater } from '../load-later.ts'
import { useExtensions, useOverlay, useOverlayState } from '../overlay-state.ts'
import { usePageState } from '../page/page-state.ts'
import { Announcer } from './announcer.tsx'
import { ConsentNotice } from './consent-notice.tsx'
import { Frame } from './frame.tsx'
import { Head } from './head.tsx'
import { usePanelKeys } from './panel-keys.ts'
import { PickBar } from './pick-bar.tsx'
import type { Stand } from './places.ts'
import { Separator, SheetHandle } from './separator.tsx'
import { SETTINGS } from './tab-view.ts'
import { useCarry } from './use-carry.ts'
import { useMeasured } from './use-measured.ts'
import { NARROW } from './use-narrow.ts'
import { useRoom } from './use-room.ts'
import { ViewBoundary } from './view-boundary.tsx'
import { Settings, usePrefetch, useViews, viewOf } from './views.tsx'

const StatusStrip = onLater((parts) => parts.StatusStrip)
const Dialog = onLater((parts) => parts.Dialog)

/** Panel of the open overlay. */
export const Panel = forwardRef<HTMLElement, { readonly stand: Stand }>(function Panel({ stand }, ref) {
  const { state, tracker, embedded, page } = useOverlay()
  const Styles = useExtensions((now) => now.Styles)
  const settings = useOverlayState((now) => now.settings)
  const dialog = useOverlayState((now) => now.dialog)
  const stop = useOverlayState((now) => now.stop)
  const folded = usePageState(page, (now) => now.picking) && stand !== 'whole'
  const region = useRef<HTMLElement>(null)
  useImperativeHandle(ref, () => region.current as HTMLElement)
  const box = useMeasured(region)
  const handlers = useCarry(region)
  const id = useId()
  const views = useViews()
  const shown = useShown()
  const wide = box.width >= WIDE

  useRoom(stand, box.width, box.height)
  usePanelKeys(region)
  usePrefetch()
  useEffect(() => {
    if (box.width) state.setState({ narrow: box.width < NARROW })
  }, [state, box.width])

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (!dialog && !settings && stand === 'whole') return
    event.preventDefault()
    // The dialog may still be loading.
    if (dialog) state.setState({ dialog: undefined })
    else state.setState(settings ? { settings: false } : { open: false })
  }

  return (
    <Frame
      ref={region}
      className="panel"
      data-stand={stand}
      data-stop={stop}
      data-folded={folded || undefined}
      style={useSize()}
      onKeyDown={onKeyDown}
    >
      {folded && <PickBar />}
      <div className="sheet">
        {stand === 'whole' && !embedded && <h1 className="unseen">{tracker.plan.name}</h1>}
        <h2 className="unseen">Microconversions</h2>
        {!wide && <Because />}
        <Head id={id} stand={stand} shown={shown} carry={stand === 'floating' ? handlers : undefined}>
          {wide && <Because />}
        </Head>
        <Suspense fallback={<div className="status" />}>
          <StatusStrip />
        </Suspense>
        <ConsentNotice />
        <Shown id={id} shown={shown} />
        <Announcer />
        {Styles && <Styles />}
        {dialog && (
          <Suspense fallback={null}>
            <Dialog key={dialog} views={views} />
          </Suspense>
        )}
      </div>
      {stand === 'sheet' && <SheetHandle />}
      {stand !== 'whole' && stand !== 'sheet' && (
        <>
          <Separator of="height" stand={stand} size={box.height} />
          <Separator of="width" stand={stand} size={box.width} />
        </>
      )}
    </Frame>
  )
})

/** Minimum panel width in CSS px for the reason beside the tabs, which it leaves whole. */
const WIDE = 1150

/** Reason why the overlay is visible in a production build. */
function Because() {
  const { because } = useOverlay()
  return (
    because && (
      <p className="because" title={`In a production build, visible because: ${because}`}>
        Visible because: <b>{because}</b>
      </p>
    )
  )
}

function useSize(): CSSProperties {
  const width = useOverlayState((now) => now.width)
  const height = useOverlayState((now) => now.height)
  const pulled = useOverlayState((now) => now.pulled)
  const px = (size: number | undefined) => size && `${size}px`
  return { '--width': px(width), '--height': px(height), '--pulled': px(pulled) } as CSSProperties
}

/**
 * Returns the id of the tab in view, or `settings`. It lags behind the chosen one while that one loads: the old view
 * stays until then, because an empty panel looks broken.
 */
function useShown(): string {
  const tab = useOverlayState((now) => now.tab)
  const settings = useOverlayState((now) => now.settings)
  return useDeferredValue(settings ? SETTINGS : tab)
}

function Shown({ id, shown }: { readonly id: string; readonly shown: string }) {
  const { id: tab, View } = viewOf(shown, useViews())
  const isSettings = shown === SETTINGS
  return (
    <div
      id={isSettings ? `${id}-settings` : `${id}-panel`}
      className="view"
      {...(!isSettings && { role: 'tabpanel', 'aria-labelledby': `${id}-${tab}` })}
    >
      <ViewBoundary view={shown}>{isSettings ? <Settings /> : <View />}</ViewBoundary>
    </div>
  )
}

import {
  type CSSProperties,
  forwardRef,
  type KeyboardEvent,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from 'react'
import { useExtensions, useOverlay, useOverlayState } from '../overlay-state.ts'
import { Announcer } from './announcer.tsx'
import { Frame } from './frame.tsx'
import { Head } from './head.tsx'
import type { Stand } from './places.ts'
import { Separator } from './separator.tsx'
import { useCarry } from './use-carry.ts'
import { useMeasured } from './use-measured.ts'
import { NARROW } from './use-narrow.ts'
import { useRoom } from './use-room.ts'
import { ViewBoundary } from './view-boundary.tsx'
import { Settings, useViews, viewOf } from './views.tsx'

/** The open overlay. */
export const Panel = forwardRef<HTMLElement, { readonly stand: Stand }>(function Panel({ stand }, ref) {
  const { state, tracker, because, embedded } = useOverlay()
  const chosen = useOverlayState((now) => now.tab)
  const { id: tab, View } = viewOf(chosen, useViews())
  const Styles = useExtensions((now) => now.Styles)
  const settings = useOverlayState((now) => now.settings)
  const width = useOverlayState((now) => now.width)
  const height = useOverlayState((now) => now.height)
  const region = useRef<HTMLElement>(null)
  useImperativeHandle(ref, () => region.current as HTMLElement)
  const box = useMeasured(region)
  const handlers = useCarry(region)
  const id = useId()

  useRoom(stand, box.width, box.height)
  useEffect(() => {
    if (box.width) state.setState({ narrow: box.width < NARROW })
  }, [state, box.width])

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (!settings && stand === 'whole') return
    event.preventDefault()
    state.setState(settings ? { settings: false } : { open: false })
  }

  return (
    <Frame
      ref={region}
      className="panel"
      data-stand={stand}
      style={{ '--width': width && `${width}px`, '--height': height && `${height}px` } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      <div className="sheet">
        {stand === 'whole' && !embedded && <h1 className="unseen">{tracker.plan.name}</h1>}
        <h2 className="unseen">Microconversions</h2>
        {because && (
          <p className="because" title="In a production build">
            Visible because: <b>{because}</b>
          </p>
        )}
        <Head id={id} whole={stand === 'whole'} carry={stand === 'floating' ? handlers : undefined} />
        {settings ? (
          <div id={`${id}-settings`} className="view">
            <ViewBoundary>
              <Settings />
            </ViewBoundary>
          </div>
        ) : (
          <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className="view">
            <ViewBoundary key={tab}>
              <View />
            </ViewBoundary>
          </div>
        )}
        <Announcer />
        {Styles && <Styles />}
      </div>
      {stand !== 'whole' && <Separator of="height" stand={stand} size={box.height} />}
      {stand !== 'whole' && <Separator of="width" stand={stand} size={box.width} />}
    </Frame>
  )
})

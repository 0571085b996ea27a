import { type KeyboardEvent, useRef } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { growthOf, type SheetStop, type Stand, stopAt, stopHeight, stops } from './places.ts'
import { useDrag } from './use-drag.ts'

/** Minimum size of the panel in CSS px. */
const MIN = { width: 320, height: 180 }
const STEP = 24

interface SeparatorProps {
  readonly of: 'width' | 'height'
  readonly stand: Stand
  /** Current size of the panel in CSS px. */
  readonly size: number
}

/** Edge that resizes the panel. */
export function Separator({ of, stand, size }: SeparatorProps) {
  const { state } = useOverlay()
  const growth = growthOf(
    of,
    stand,
    useOverlayState((now) => now.position),
  )
  const before = useRef<number | undefined>(undefined)
  const across = of === 'width'
  const max = Math.max(MIN[of], (across ? innerWidth : innerHeight) - 24)
  const handlers = useDrag({
    onMove(x, y) {
      before.current ??= size
      resize(before.current + growth * (across ? x : y))
    },
    onEnd() {
      before.current = undefined
    },
  })

  function resize(next: number) {
    state.setState({ [of]: Math.round(Math.min(max, Math.max(MIN[of], next))) })
  }

  function onKeyDown(event: KeyboardEvent) {
    const [less, more] = across ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    const step = growth * STEP
    // The measured size lags one frame behind the keyboard.
    const now = Math.min(max, state.getState()[of] ?? size)
    const next = { [less]: now - step, [more]: now + step, Home: MIN[of], End: max }[event.key]
    if (next === undefined) return
    event.preventDefault()
    resize(next)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot have a value
    <div
      role="separator"
      tabIndex={0}
      aria-label={across ? 'Width of the panel' : 'Height of the panel'}
      aria-orientation={across ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuemin={MIN[of]}
      aria-valuemax={max}
      aria-valuetext={`${Math.round(size)} pixels`}
      className="edge"
      data-edge={growth < 0 ? 'start' : 'end'}
      onKeyDown={onKeyDown}
      {...handlers}
    />
  )
}

const stopWords: Readonly<Record<SheetStop, string>> = {
  low: 'Low',
  half: 'Half of the screen',
  full: 'Whole screen',
}

/** Handle of the sheet on a phone, which rests at three heights. A tap moves it to the next one. */
export function SheetHandle() {
  const { state } = useOverlay()
  const stop = useOverlayState((now) => now.stop)
  const handlers = useDrag({
    onMove(_, y) {
      const next = stopHeight(stop, innerHeight) - y
      state.setState({ pulled: Math.min(innerHeight, Math.max(MIN.height / 2, next)) })
    },
    onEnd() {
      const { pulled } = state.getState()
      if (pulled !== undefined) rest(stopAt(pulled, innerHeight))
    },
  })
  const index = stops.indexOf(stop)

  function rest(next: SheetStop) {
    state.setState({ stop: next, pulled: undefined })
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = {
      ArrowUp: stops[index + 1],
      ArrowDown: stops[index - 1],
      Home: stops[0],
      End: stops.at(-1),
    }[event.key]
    if (!next) return
    event.preventDefault()
    rest(next)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot have a value
    <div
      role="separator"
      tabIndex={0}
      aria-label="Height of the panel"
      aria-orientation="horizontal"
      aria-valuenow={index}
      aria-valuemin={0}
      aria-valuemax={stops.length - 1}
      aria-valuetext={stopWords[stop]}
      className="edge"
      data-edge="start"
      {...handlers}
      onClick={() => rest(stops[(index + 1) % stops.length] ?? 'half')}
      onKeyDown={onKeyDown}
    />
  )
}

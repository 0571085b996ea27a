import { type KeyboardEvent, useRef } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { growthOf, type Stand } from './places.ts'
import { useDrag } from './use-drag.ts'

/** CSS px: less than this is no panel. */
const MIN = { width: 320, height: 180 }
const STEP = 24

interface SeparatorProps {
  readonly of: 'width' | 'height'
  readonly stand: Stand
  /** Of the panel as it is now, CSS px. */
  readonly size: number
}

/** The edge of the panel that can be moved. */
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
    // The measured size is a frame behind the keyboard.
    const now = Math.min(max, state.getState()[of] ?? size)
    const next = { [less]: now - step, [more]: now + step, Home: MIN[of], End: max }[event.key]
    if (next === undefined) return
    event.preventDefault()
    resize(next)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> has no value
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

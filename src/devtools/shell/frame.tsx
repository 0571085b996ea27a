import { type ComponentPropsWithoutRef, forwardRef, type KeyboardEvent } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { obeyShortcut } from './use-shortcut.ts'

/** Landmark around the overlay. Always left to right and in English, independent of the page. */
export const Frame = forwardRef<HTMLElement, ComponentPropsWithoutRef<'section'>>(function Frame(
  { onKeyDown, ...props },
  ref,
) {
  const overlay = useOverlay()
  const position = useOverlayState((now) => now.position)
  const density = useOverlayState((now) => now.density)
  return (
    <section
      {...props}
      ref={ref}
      aria-label="Microconversions"
      data-position={position}
      data-density={density}
      dir="ltr"
      lang="en"
      tabIndex={-1}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
        onKeyDown?.(event)
        obeyShortcut(event.nativeEvent, overlay)
      }}
    />
  )
})

import { type ComponentPropsWithoutRef, forwardRef } from 'react'
import { useOverlayState } from '../overlay-state.ts'

/** The landmark. It reads from left to right, in English, whatever the page does. */
export const Frame = forwardRef<HTMLElement, ComponentPropsWithoutRef<'section'>>(function Frame(props, ref) {
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
    />
  )
})

import { type FocusEvent, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { useStyles } from '../parts/use-styles.ts'
import type { TabView } from '../shell/tab-view.ts'
import { paletteStyles } from '../styles/palette.ts'
import { KeysHelp } from './keys-help.tsx'
import { Palette } from './palette.tsx'

/** Dialog over the panel: the command palette, or the list of keys. */
export function Dialog({ views }: { readonly views: readonly TabView[] }) {
  const dialog = useOverlayState((now) => now.dialog)
  return dialog === 'keys' ? (
    <Box name="Keyboard shortcuts">
      <KeysHelp />
    </Box>
  ) : (
    <Box name="Commands">
      <Palette views={views} />
    </Box>
  )
}

interface BoxProps {
  readonly name: string
  readonly children: ReactNode
}

/** Closes on Escape, on a click beside it, and when the focus leaves it; then gives the focus back. */
function Box({ name, children }: BoxProps) {
  const { state } = useOverlay()
  const box = useStyles<HTMLDivElement>(paletteStyles)
  const from = useRef<HTMLElement | null>(null)

  useLayoutEffect(() => {
    const { current } = box
    const root = current?.getRootNode() as ShadowRoot
    from.current = root.activeElement as HTMLElement | null
    ;(current?.querySelector<HTMLElement>('input') ?? current)?.focus()
    return () => {
      // What a command has focused keeps the focus.
      if (root.activeElement && !current?.contains(root.activeElement)) return
      // The view that had the focus may have been replaced meanwhile.
      const back = from.current?.isConnected ? from.current : current?.closest('section')
      back?.focus()
    }
  }, [box])

  const close = () => state.setState({ dialog: undefined })

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    close()
  }

  function onBlur({ currentTarget, relatedTarget }: FocusEvent) {
    if (relatedTarget && !currentTarget.contains(relatedTarget)) close()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the dialog as well
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes the dialog as well
    <div className="backdrop" onClick={(event) => event.target === event.currentTarget && close()}>
      <div
        ref={box}
        role="dialog"
        aria-label={name}
        className="dialog"
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      >
        {children}
      </div>
    </div>
  )
}

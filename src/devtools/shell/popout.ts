import type { Overlay } from '../overlay-state.ts'
import { createHost } from './host.ts'
import { obeyShortcut } from './use-shortcut.ts'

interface PictureInPicture {
  readonly window: Window | null
  readonly requestWindow: (size: { readonly width: number; readonly height: number }) => Promise<Window>
}

/**
 * Opens a Picture-in-Picture window, which stays above the page. Opens a plain window if the browser has none, or if
 * the app uses it.
 */
async function openWindow(width: number, height: number): Promise<Window | null> {
  const { documentPictureInPicture } = window as { readonly documentPictureInPicture?: PictureInPicture }
  if (documentPictureInPicture && !documentPictureInPicture.window) {
    try {
      return await documentPictureInPicture.requestWindow({ width, height })
    } catch {} // not available in frames or in some browsers
  }
  return window.open('', '', `popup,width=${width},height=${height}`)
}

/**
 * Moves the panel to a separate window; closing the window moves it back. Returns false if the browser blocks the
 * window.
 */
export async function popOut(overlay: Overlay): Promise<boolean> {
  const { state } = overlay
  const popout = await openWindow(900, 600)
  if (!popout) return false
  const { document: paper } = popout
  paper.title = 'Microconversions'
  paper.documentElement.lang = 'en'
  const { host, container, forget } = createHost(paper, state)
  host.role = 'main'
  paper.body.append(host)
  const opener = new AbortController()
  popout.addEventListener('keydown', (event) => obeyShortcut(event, overlay))
  popout.addEventListener('pagehide', () => {
    opener.abort()
    forget()
    state.setState({ popout: undefined })
  })
  window.addEventListener('pagehide', () => popout.close(), { signal: opener.signal })
  state.setState({ popout: { window: popout, container }, open: true })
  return true
}

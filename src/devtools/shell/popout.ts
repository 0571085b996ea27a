import type { Overlay } from '../overlay-state.ts'
import { createHost } from './host.ts'

interface PictureInPicture {
  readonly window: Window | null
  readonly requestWindow: (size: { readonly width: number; readonly height: number }) => Promise<Window>
}

/** Stays above the page where the browser has such windows; else, or where the app shows one, a plain window. */
async function openWindow(width: number, height: number): Promise<Window | null> {
  const { documentPictureInPicture } = window as { readonly documentPictureInPicture?: PictureInPicture }
  if (documentPictureInPicture && !documentPictureInPicture.window) {
    try {
      return await documentPictureInPicture.requestWindow({ width, height })
    } catch {} // not in a frame, nor everywhere else
  }
  return window.open('', '', `popup,width=${width},height=${height}`)
}

/** Moves the panel into a window of its own. Closed, the window gives it back. False: the browser does not allow it. */
export async function popOut({ state }: Overlay): Promise<boolean> {
  const popout = await openWindow(900, 600)
  if (!popout) return false
  const { document: paper } = popout
  paper.title = 'Microconversions'
  paper.documentElement.lang = 'en'
  const { host, container, forget } = createHost(paper, state)
  paper.body.append(host)
  popout.addEventListener('pagehide', () => {
    forget()
    state.setState({ popout: undefined })
  })
  window.addEventListener('pagehide', () => popout.close(), { once: true })
  state.setState({ popout: { window: popout, container }, open: true })
  return true
}

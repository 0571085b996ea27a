import { createRoot } from 'react-dom/client'
import { createWarn } from '../support/errors.ts'
import type { DevtoolsOptions, MountOverlay } from './create-devtools.tsx'
import { createAdoption } from './extensions/adopt.ts'
import { createOverlay, type Overlay, OverlayProvider } from './overlay-state.ts'
import { OnPage } from './page/on-page.tsx'
import { openAgentBridge } from './session/agent-bridge.ts'
import { createHost } from './shell/host.ts'
import { OverlayView } from './shell/overlay-view.tsx'
import { rememberSetup } from './shell/remembered.ts'
import { shield } from './shell/shield.ts'
import { DEFAULT_SHORTCUT, parseShortcut } from './shell/shortcut.ts'
import { stayOnTop } from './shell/top-layer.ts'
import { views } from './shell/views.tsx'
import { runTimeline } from './timeline/run-timeline.ts'

/** Mounts the overlay above the page, or in an element. */
export const mountOverlay: MountOverlay = (
  tracker,
  { because, into, extensions: given, editorUrl, tabs, ...choices },
) => {
  if (!('adoptedStyleSheets' in document)) {
    console.warn(
      'The microconversions overlay needs a browser with adoptedStyleSheets (Safari 16.4 or later).',
    )
    return { change: () => {}, showAttempts: () => {}, unmount: () => {} }
  }
  const defaults = { ...choices, shortcut: choices.shortcut && shortcutFrom(choices.shortcut) }
  const { extensions, adopt } = createAdoption(views.map(({ id }) => id))
  let options: DevtoolsOptions = { extensions: given, editorUrl }
  adopt(given)
  const overlay = createOverlay(tracker, defaults, {
    because,
    embedded: into !== undefined,
    extensions,
    editorUrl: () => options.editorUrl,
    tabs,
  })
  const { state } = overlay
  rememberSetup(overlay)
  takeChecklistLink(overlay)
  const { host, container, forget } = createHost(into?.ownerDocument ?? document, state)
  const unshield = shield(host)
  const remove = into ? fill(into, host) : stayOnTop(host)
  const closeBridge = openAgentBridge(tracker)

  const stopTimeline = runTimeline(overlay)
  const root = createRoot(container)
  root.render(
    <OverlayProvider value={overlay}>
      <OnPage />
      <OverlayView />
    </OverlayProvider>,
  )
  const { hidden, open, shortcut } = state.getState()
  if (hidden && !open && !into) console.info(`The microconversions overlay is hidden: ${shortcut} opens it.`)
  return {
    change(next) {
      options = next
      adopt(next.extensions)
    },
    showAttempts: (event) => overlay.showAttempts({ text: event }),
    unmount() {
      state.getState().popout?.window.close()
      remove()
      unshield()
      stopTimeline()
      forget()
      closeBridge()
      // Not during the app's commit: React refuses to unmount a root while it renders another.
      queueMicrotask(() => root.unmount())
    },
  }
}

const warn = createWarn()

function shortcutFrom(written: string): string {
  const shortcut = parseShortcut(written)
  if (shortcut) return shortcut
  warn(
    'RMC302',
    `"${written}" is no shortcut of the overlay, which takes ${DEFAULT_SHORTCUT}. Name two of Ctrl, Alt, Shift, Meta, and a letter, a digit or a function key.`,
  )
  return DEFAULT_SHORTCUT
}

/** Opens the checklist of a link. */
function takeChecklistLink({ state }: Overlay): void {
  const { hash } = location
  if (hash.startsWith('#rmc-checklist='))
    state.setState({ checklistLink: hash, tab: 'checklist', open: true })
}

function fill(element: HTMLElement, host: HTMLElement): () => void {
  host.dataset['whole'] = ''
  element.append(host)
  return () => host.remove()
}

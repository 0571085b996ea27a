import { useStore } from 'zustand'
import { useOverlay } from '../overlay-state.ts'
import { useViewStyles } from '../parts/use-styles.ts'
import { useCatchFocus } from '../shell/use-catch-focus.ts'
import { sessionStyles } from '../styles/session.ts'
import { CompareBlock } from './compare-block.tsx'
import { OpenBlock } from './open-block.tsx'
import { ReplayView } from './replay-view.tsx'
import { SaveBlock } from './save-block.tsx'
import { sessionStore } from './session-store.ts'

/** Saves the record as a file, ticket or test, and replays or compares opened sessions. */
export function SessionView() {
  const { tracker } = useOverlay()
  const store = sessionStore(tracker)
  const { opened, playing } = useStore(store)
  const view = useViewStyles<HTMLElement>(sessionStyles)
  const played = opened.find(({ id }) => id === playing)
  useCatchFocus(view, playing, false)
  return (
    <article
      ref={view}
      className={played ? 'session timeline' : 'session scroll'}
      aria-label={played ? `Replay of ${played.name}` : 'Session'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
    >
      {played ? (
        <ReplayView key={played.id} opened={played} store={store} />
      ) : (
        <>
          <SaveBlock store={store} />
          <OpenBlock store={store} />
          {opened.length > 0 && <CompareBlock opened={opened} />}
        </>
      )}
    </article>
  )
}

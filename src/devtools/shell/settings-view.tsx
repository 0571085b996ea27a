import { type KeyboardEvent, useId, useState } from 'react'
import { useOverlay, useOverlayState } from '../overlay-state.ts'
import { Choice } from '../parts/choice.tsx'
import { useViewStyles } from '../parts/use-styles.ts'
import { settingsStyles } from '../styles/settings.ts'
import { type OverlayPosition, positions } from './places.ts'
import { PopoutButton } from './popout-button.tsx'
import { startOver } from './remembered.ts'
import { shortcutOf } from './shortcut.ts'

const layoutWords = { floating: 'Floating', bottom: 'Bottom', left: 'Left', right: 'Right' } as const
const themeWords = { system: 'System', light: 'Light', dark: 'Dark' } as const
const densityWords = { comfortable: 'Comfortable', compact: 'Compact' } as const
const positionWords = (position: OverlayPosition) =>
  (position.includes('-') ? position : `middle ${position}`).replace('-', ' ')

/** How the overlay is set up on this origin. */
export function SettingsView() {
  const overlay = useOverlay()
  const { state, embedded } = overlay
  const { layout, position, theme, density, shortcut, hidden, popout } = useOverlayState((now) => now)
  const id = useId()
  const styled = useViewStyles<HTMLDivElement>(settingsStyles)
  return (
    <div ref={styled} className="scroll settings">
      <h3 className="subtitle">Settings</h3>
      {!embedded && (
        <>
          <Choice
            name="Panel"
            options={layoutWords}
            value={layout}
            onChange={(next) => state.setState({ layout: next })}
          />
          <div className="category">
            <label htmlFor={`${id}-position`}>Place of the button</label>
            <select
              id={`${id}-position`}
              value={position}
              onChange={(event) => state.setState({ position: event.target.value as OverlayPosition })}
            >
              {positions.map((name) => (
                <option key={name} value={name}>
                  {positionWords(name)}
                </option>
              ))}
            </select>
          </div>
        </>
      )}
      <Choice
        name="Theme"
        options={themeWords}
        value={theme}
        onChange={(next) => state.setState({ theme: next })}
      />
      <Choice
        name="Density"
        options={densityWords}
        value={density}
        onChange={(next) => state.setState({ density: next })}
      />
      {!embedded && (
        <>
          <Shortcut shortcut={shortcut} />
          <div className="category">
            <label className="check">
              <input
                type="checkbox"
                checked={hidden}
                disabled={!shortcut}
                onChange={(event) => state.setState({ hidden: event.target.checked })}
              />
              No button while closed
            </label>
            <span className="muted">
              {shortcut ? `${shortcut} opens the panel.` : 'Needs a shortcut to come back by.'}
            </span>
          </div>
        </>
      )}
      <div className="category">
        {!embedded && !popout && <PopoutButton />}
        <button type="button" className="plain boxed" onClick={() => startOver(overlay)}>
          Start over
        </button>
      </div>
      <p className="muted note">
        Remembered in the localStorage of this origin under “rmc-devtools”: what is set here, sizes, the tab,
        the filters. Never an event.
      </p>
    </div>
  )
}

function Shortcut({ shortcut }: { readonly shortcut: string }) {
  const { state } = useOverlay()
  const [refused, setRefused] = useState(false)
  const id = useId()

  function onKeyDown(event: KeyboardEvent) {
    const { key, altKey, ctrlKey, metaKey } = event
    const leaves = key === 'Tab' || key === 'Escape' || /^(Alt|Control|Meta|Shift)/.test(key)
    if (leaves) return
    event.preventDefault()
    const erases = (key === 'Backspace' || key === 'Delete') && !altKey && !ctrlKey && !metaKey
    const next = erases ? '' : shortcutOf(event.nativeEvent)
    setRefused(next === undefined)
    if (next === undefined) return
    // Nothing else brings back what is hidden.
    state.setState(next ? { shortcut: next } : { shortcut: '', hidden: false })
  }

  return (
    <div className="category">
      <label htmlFor={id}>Shortcut</label>
      <input
        id={id}
        className="keys"
        readOnly
        value={shortcut || 'none'}
        aria-describedby={`${id}-hint`}
        onKeyDown={onKeyDown}
      />
      <span id={`${id}-hint`} className="muted" aria-live="polite">
        {refused
          ? 'It takes two of Ctrl, Alt, Shift, Meta, and a letter, digit or function key.'
          : 'Press the keys; Backspace for none. Fields of the page keep theirs.'}
      </span>
    </div>
  )
}

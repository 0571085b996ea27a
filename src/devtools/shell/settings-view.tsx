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

function positionWords(position: OverlayPosition): string {
  const words = (position.includes('-') ? position : `middle ${position}`).replace('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Form for the settings of the overlay on this origin. */
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
            <label htmlFor={`${id}-position`}>Button position</label>
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
              {shortcut ? `${shortcut} opens the panel.` : 'Needs a shortcut that opens the panel.'}
            </span>
          </div>
        </>
      )}
      <div className="category">
        {!embedded && !popout && <PopoutButton />}
        <button type="button" className="plain boxed" onClick={() => startOver(overlay)}>
          Reset settings
        </button>
      </div>
      <p className="muted note">
        Settings, sizes, the tab and the filters are saved in the localStorage of this origin under
        “rmc-devtools”. Events are never saved there.
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
    // A hidden button is reachable only by the shortcut: show it when the shortcut is off.
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
          ? 'Use two of Ctrl, Alt, Shift, Meta, and a letter, digit or function key.'
          : 'Press the keys, or Backspace for none. The shortcut does not act in fields of the page.'}
      </span>
    </div>
  )
}

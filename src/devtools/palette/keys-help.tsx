import { useOverlayState } from '../overlay-state.ts'

const keys = [
  ['1 – 9', 'Go to a tab'],
  ['/', 'Filter attempts'],
  ['j, k', 'Next and previous attempt'],
  ['Enter', 'Show the attempt in detail'],
  ['Delete', 'Hide similar attempts'],
  ['p', 'Pause or resume'],
  ['Ctrl+K, ⌘K', 'Commands'],
  ['?', 'This list'],
  ['Esc', 'Close the detail, the settings, then the panel'],
] as const

/** Lists the keys. They act while the focus is in the overlay, and never while the tester types. */
export function KeysHelp() {
  const shortcut = useOverlayState((now) => now.shortcut)
  const all = shortcut ? [[shortcut, 'Open or close the panel, from anywhere'] as const, ...keys] : keys
  return (
    <>
      <h3 className="dialog-title">Keyboard shortcuts</h3>
      <dl className="keys-help">
        {all.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="none">They act while the focus is in the panel, and never while you type.</p>
    </>
  )
}

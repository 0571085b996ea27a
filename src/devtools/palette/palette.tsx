import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useOverlay } from '../overlay-state.ts'
import { copyText } from '../parts/copy-button.tsx'
import type { TabView } from '../shell/tab-view.ts'
import { type Command, commandsOf } from './commands.ts'
import { rank } from './rank.ts'

/** Maximum commands in the list; typing finds the others. */
const MOST = 60

/** Search field over all commands. */
export function Palette({ views }: { readonly views: readonly TabView[] }) {
  const overlay = useOverlay()
  const commands = useMemo(() => commandsOf(overlay, views), [overlay, views])
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const [news, setNews] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const found = rank(commands, query).slice(0, MOST)

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when another command is active
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [at, query])

  /** Runs a command and closes the palette. After a copy it stays open, and says whether it could. */
  async function run(command: Command | undefined) {
    if (!command) return
    if (command.copy && list.current) {
      const result = await copyText(command.copy, list.current)
      setNews(`${result}: ${command.title.replace('Copy ', '')}`)
      return
    }
    overlay.state.setState({ dialog: undefined })
    command.run?.()
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = found.length - 1
    const next = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1 }[event.key]
    if (event.key === 'Enter') void run(found[at])
    else if (next !== undefined) setAt(next)
    else return
    event.preventDefault()
  }

  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label="Command"
        aria-expanded={true}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[at] && `${id}-${at}`}
        aria-autocomplete="list"
        className="command-field"
        placeholder="An action, an event, a destination…"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
          setNews('')
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Commands" className="commands">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field does the same
          // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus, and references its active option
          <div
            key={command.title}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className="command"
            onClick={() => void run(command)}
          >
            <span>{command.title}</span>
            {command.keys && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="none">No command has these words.</p>}
      <p role="status" className="none">
        {news}
      </p>
    </>
  )
}

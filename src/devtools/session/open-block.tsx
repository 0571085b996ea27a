import { type DragEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { clockTime, plural } from '../parts/time-words.ts'
import { type Opened, readSession, TOO_LARGE } from './read-session.ts'
import { MAX_FILE_BYTES } from './session-file.ts'
import type { OpenedSession, SessionChoices } from './session-store.ts'

/** Opens session files that the tester chooses or drops, and describes what is wrong with a file. */
export function OpenBlock({ store }: { readonly store: StoreApi<SessionChoices> }) {
  const opened = useStore(store, (choices) => choices.opened)
  const [news, setNews] = useState<readonly string[]>([])
  const [over, setOver] = useState(false)

  /** Opens files one after another, so that their texts are not in memory together. */
  async function open(files: readonly File[]) {
    const lines: string[] = []
    for (const file of files) {
      const { name } = file
      setNews([...lines, `${name} is being read.`])
      const answer = await readFile(file)
      lines.push('session' in answer ? `${name} is open.` : `${name}: ${answer.problem}`)
      if ('session' in answer) {
        const opened = { id: nextId(), name, session: answer.session }
        store.setState((before) => ({ opened: [...before.opened, opened] }))
      }
    }
    setNews(lines)
  }

  /** Keeps a drop in this area from reaching the app. */
  function onDrag(event: DragEvent) {
    event.preventDefault()
    event.stopPropagation()
    setOver(event.type === 'dragover')
    if (event.type === 'drop') void open([...event.dataTransfer.files])
  }

  return (
    <div className="block">
      <h3>Open</h3>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: an alternative to the button */}
      <div
        className={over ? 'drop over actions' : 'drop actions'}
        onDragOver={onDrag}
        onDragLeave={onDrag}
        onDrop={onDrag}
      >
        <label className="plain boxed opener">
          Choose files
          <input
            type="file"
            multiple
            accept=".json,.har,application/json"
            onChange={(event) => {
              void open([...(event.target.files ?? [])])
              event.target.value = '' // lets the tester choose the same file again
            }}
          />
        </label>
        <span className="muted">or drop sessions here. Nothing in them is sent or fired.</span>
      </div>
      <div role="status">
        {news.map((line) => (
          <p key={line} className={/ is (open|being read)\.$/.test(line) ? 'muted' : 'problem'}>
            {line}
          </p>
        ))}
      </div>
      <ul className="opened">
        {opened.map((each) => (
          <OpenedRow key={each.id} opened={each} store={store} />
        ))}
      </ul>
    </div>
  )
}

function OpenedRow({
  opened: { id, name, session },
  store,
}: {
  readonly opened: OpenedSession
  readonly store: StoreApi<SessionChoices>
}) {
  const { plan, made, library, decisions } = session
  return (
    <li>
      <div>
        <span className="name">{name}</span>{' '}
        <span className="muted">
          {plan.name} v{plan.version} · {plural(decisions.length, 'attempt')} ·{' '}
          {new Date(made).toLocaleDateString('en-GB')} {clockTime(made)} · library {library}
        </span>
      </div>
      <button type="button" className="plain boxed" onClick={() => store.setState({ playing: id })}>
        Replay<span className="unseen"> {name}</span>
      </button>
      <button
        type="button"
        className="plain"
        onClick={() => store.setState(({ opened }) => ({ opened: opened.filter((each) => each.id !== id) }))}
      >
        Remove<span className="unseen"> {name}</span>
      </button>
    </li>
  )
}

let ids = 0
const nextId = () => ++ids

async function readFile(file: File): Promise<Opened> {
  if (file.size > MAX_FILE_BYTES) return { problem: TOO_LARGE }
  try {
    return await readSession(await file.text())
  } catch {
    return { problem: 'The file cannot be read.' } // a folder, or a deleted file
  }
}

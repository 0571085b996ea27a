import { type DragEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { clockTime, plural } from '../parts/time-words.ts'
import { type Opened, readSession } from './read-session.ts'
import { MAX_FILE_BYTES } from './session-file.ts'
import type { OpenedSession, SessionChoices } from './session-store.ts'

/** Takes session files, chosen or dropped; what is wrong with one is said in words. */
export function OpenBlock({ store }: { readonly store: StoreApi<SessionChoices> }) {
  const opened = useStore(store, (choices) => choices.opened)
  const [news, setNews] = useState<readonly string[]>([])
  const [over, setOver] = useState(false)

  async function open(files: readonly File[]) {
    const answers = await Promise.all(
      files.map(async (file) => ({ name: file.name, answer: await readFile(file) })),
    )
    const sessions = answers.flatMap(({ name, answer }) =>
      'session' in answer ? [{ id: nextId(), name, session: answer.session }] : [],
    )
    store.setState((before) => ({ opened: [...before.opened, ...sessions] }))
    setNews(
      answers.map(({ name, answer }) =>
        'session' in answer ? `${name} is open.` : `${name}: ${answer.problem}`,
      ),
    )
  }

  /** A drop here is none in the app. */
  function onDrag(event: DragEvent) {
    event.preventDefault()
    event.stopPropagation()
    setOver(event.type === 'dragover')
    if (event.type === 'drop') void open([...event.dataTransfer.files])
  }

  return (
    <div className="block">
      <h3>Open</h3>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a second way; the button is the first */}
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
              event.target.value = '' // the same file may be chosen again
            }}
          />
        </label>
        <span className="muted">or drop sessions here. Nothing in them is sent or fired.</span>
      </div>
      <div role="status">
        {news.map((line) => (
          <p key={line} className={line.endsWith(' is open.') ? 'muted' : 'problem'}>
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
  if (file.size > MAX_FILE_BYTES) return { problem: 'The file is larger than 40 MB.' }
  try {
    return readSession(await file.text())
  } catch {
    return { problem: 'The file cannot be read.' } // a folder, or a file that has gone
  }
}

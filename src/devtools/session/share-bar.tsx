import { type MouseEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Decision } from '../../engine/record/decision.ts'
import { useOverlay } from '../overlay-state.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Camera } from '../parts/view-icons.tsx'
import { attemptForms, writeAttempt, writeWhole } from './attempt-forms.ts'
import { download } from './download.ts'
import { fileName, formatOf } from './formats.ts'
import { canCapture, captureTab } from './screenshot.ts'
import { sessionStore } from './session-store.ts'

const tests = { playwright: 'Playwright', vitest: 'Vitest', storybook: 'Storybook' } as const

/** Copies or saves one attempt in the forms in which developers take it. */
export function ShareBar({ decision }: { readonly decision: Decision }) {
  const { tracker } = useOverlay()
  const store = sessionStore(tracker)
  const testFor = useStore(store, (choices) => choices.testFor)

  function save() {
    const format = formatOf('json')
    download(fileName({ plan: tracker.plan, made: Date.now() }, format), format.type, writeWhole(tracker))
  }

  return (
    <fieldset className="share">
      <legend className="unseen">Share</legend>
      {attemptForms(tracker, decision).map(({ name, title, text }) => {
        const button = (
          <CopyButton key={name} text={text} title={title}>
            {name}
          </CopyButton>
        )
        if (name !== 'Test') return button
        return (
          <span key={name} className="joined">
            {button}
            <select
              aria-label="Test for"
              value={testFor}
              onChange={(event) => store.setState({ testFor: event.target.value as keyof typeof tests })}
            >
              {Object.entries(tests).map(([kind, words]) => (
                <option key={kind} value={kind}>
                  {words}
                </option>
              ))}
            </select>
          </span>
        )
      })}
      <button
        type="button"
        className="plain"
        title="The whole session, to open in another overlay"
        onClick={save}
      >
        File
      </button>
      {canCapture() && <Screenshot write={() => writeAttempt(tracker, decision, 'ticket')} />}
    </fieldset>
  )
}

/** Says what the shared forms leave out. */
export function ShareHint() {
  const { state } = useOverlay()
  return (
    <p className="muted share-hint">
      What you share has no values, except JSON. Choose values to include in{' '}
      <button
        type="button"
        className="link"
        onClick={() => state.setState({ tab: 'session', settings: false })}
      >
        Session
      </button>
      .
    </p>
  )
}

/** Saves a ticket and a picture of the tab, which the ticket shows. The browser asks first. */
function Screenshot({ write }: { readonly write: () => string }) {
  const { tracker } = useOverlay()
  const [news, setNews] = useState<string>()

  async function save({ currentTarget }: MouseEvent) {
    // The picture is of the page, which the panel would cover.
    const { host } = currentTarget.getRootNode() as ShadowRoot
    host.setAttribute('data-away', '')
    const picture = await captureTab()
    host.removeAttribute('data-away')
    if (!picture) return setNews('Not allowed')
    const made = Date.now()
    const ticket = formatOf('ticket')
    const name = fileName({ plan: tracker.plan, made }, { ...ticket, extension: 'png' })
    download(name, 'image/png', picture)
    download(
      fileName({ plan: tracker.plan, made }, ticket),
      ticket.type,
      `${write()}\n![The page](${name})\n`,
    )
    setNews('Saved')
  }

  return (
    <button
      type="button"
      className="plain"
      title="Saves the ticket and a picture of this tab, with whatever the page shows"
      onClick={(event) => void save(event)}
    >
      {!news && <Camera />}
      <span className={news ? undefined : 'unseen'} aria-live="polite">
        {news ?? 'Screenshot'}
      </span>
    </button>
  )
}

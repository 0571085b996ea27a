import { Activity, type FormEvent, type ReactElement, StrictMode, useEffect, useRef, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import {
  createTracker,
  definePlan,
  MicroconversionProvider,
  standardEvents,
  TrackedForm,
} from 'react-microconversions'
import { http } from 'react-microconversions/destinations'

/** One form, named by the query; each of its events carries that name. `formsPage.change` does what the page does to it. */
const plan = definePlan({ name: 'forms', version: '1', events: standardEvents.form })
const tracker = createTracker({
  plan,
  consent: 'granted',
  destinations: [http({ url: '/collect', batch: { maxAge: '20ms' } })],
})
const kind = location.search.slice(1)
const about = { name: kind, properties: { round: kind } }

let change = () => {}
const formsPage = { tracker, isReady: false, change: () => flushSync(() => change()) }
export type FormsPage = typeof formsPage

/** True once the page has changed. */
function useChanged(): boolean {
  const [changed, setChanged] = useState(false)
  useEffect(() => {
    change = () => setChanged(true)
  }, [])
  return changed
}

/** Firefox offers what was sent before, and Escape would close that list instead of a dialog. */
const email = <input name="email" aria-label="Email" autoComplete="off" />
const company = <input name="company" aria-label="Company" />

/** A request: it takes a task. */
function send(event: FormEvent): Promise<void> {
  event.preventDefault()
  return new Promise((resolve) => setTimeout(resolve))
}

function Removed() {
  return useChanged() ? (
    <p>gone</p>
  ) : (
    <TrackedForm {...about}>
      {email}
      {company}
    </TrackedForm>
  )
}

function Focused() {
  return useChanged() ? (
    <p>gone</p>
  ) : (
    <TrackedForm {...about}>
      {/** biome-ignore lint/a11y/noAutofocus: it has the focus before the form is observed. */}
      <input name="email" aria-label="Email" autoComplete="off" autoFocus />
      {company}
    </TrackedForm>
  )
}

/** Hidden together with its page, and not removed. */
function Hidden() {
  const changed = useChanged()
  useEffect(() => {
    tracker.page({ path: changed ? '/next' : '/form' })
  }, [changed])
  return (
    <Activity mode={changed ? 'hidden' : 'visible'}>
      <TrackedForm {...about}>
        {email}
        {company}
      </TrackedForm>
    </Activity>
  )
}

function FieldRemoved() {
  const changed = useChanged()
  return (
    <TrackedForm {...about}>
      {!changed && email}
      {company}
    </TrackedForm>
  )
}

function Moved() {
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    change = () => place.current?.append(document.querySelector('form') ?? '')
  }, [])
  return (
    <>
      <div>
        <TrackedForm {...about}>
          {email}
          {company}
        </TrackedForm>
      </div>
      <section ref={place} />
    </>
  )
}

function Portal() {
  const changed = useChanged()
  return (
    <>
      <TrackedForm {...about} id="booking">
        {company}
      </TrackedForm>
      {!changed && createPortal(<input name="email" form="booking" />, document.body)}
    </>
  )
}

function Route() {
  const [path, setPath] = useState('/form')
  useEffect(() => {
    tracker.page({ path })
    change = () => setPath('/next')
  }, [path])
  return path === '/form' ? <Removed /> : <p>Next</p>
}

function Controls() {
  return (
    <TrackedForm {...about} onSubmit={send}>
      {email}
      <input type="radio" name="size" value="small" />
      <input type="radio" name="size" value="large" />
      <input type="checkbox" name="terms" />
      <select name="topic">
        <option>apples</option>
        <option>pears</option>
      </select>
      <textarea name="message" />
      {/** biome-ignore lint/a11y/useSemanticElements: text that is edited in place is a field too. */}
      <div id="note" role="textbox" tabIndex={0} contentEditable style={{ minHeight: '2em' }} />
      <input type="file" name="plan" />
      <button type="submit">Send</button>
    </TrackedForm>
  )
}

function Required() {
  return (
    <TrackedForm {...about} onSubmit={send}>
      <input name="email" type="email" required />
      <button type="submit">Send</button>
    </TrackedForm>
  )
}

function Dialog() {
  const [open, setOpen] = useState(true)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return open ? (
    <dialog ref={dialog} onClose={() => setOpen(false)}>
      <TrackedForm {...about}>
        {email}
        <button type="submit" formMethod="dialog">
          Cancel
        </button>
      </TrackedForm>
    </dialog>
  ) : (
    <p>closed</p>
  )
}

function ByScript({ target }: { target?: string }) {
  useEffect(() => {
    change = () => document.querySelector('form')?.submit()
  }, [])
  return (
    <>
      <TrackedForm {...about} action="/other" target={target}>
        {email}
      </TrackedForm>
      {target && <iframe name={target} title="Answer" />}
    </>
  )
}

/** Plain, so that a browser's own submission takes the page away. */
function Plain() {
  return (
    <TrackedForm {...about} action="/other">
      {email}
      <button type="submit">Send</button>
    </TrackedForm>
  )
}

const forms: Readonly<Record<string, ReactElement>> = {
  removed: <Removed />,
  strict: (
    <StrictMode>
      <Removed />
    </StrictMode>
  ),
  focused: <Focused />,
  hidden: <Hidden />,
  'field-removed': <FieldRemoved />,
  moved: <Moved />,
  portal: <Portal />,
  route: <Route />,
  controls: <Controls />,
  required: <Required />,
  dismissed: <Dialog />,
  escaped: <Dialog />,
  script: <ByScript />,
  'script-in-frame': <ByScript target="answer" />,
  plain: <Plain />,
  left: <Plain />,
}

/** Its effects come after those of the form. */
function Shown() {
  useEffect(() => {
    formsPage.isReady = true
  }, [])
  return forms[kind] ?? <p>No form</p>
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <MicroconversionProvider tracker={tracker}>
    <Shown />
  </MicroconversionProvider>,
)
Object.assign(globalThis, { formsPage })

import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type ReactNode, Suspense, useActionState } from 'react'
import { renderToPipeableStream, renderToString } from 'react-dom/server'
import {
  createTracker,
  type Decision,
  MicroconversionProvider,
  PricingLink,
  type Track,
  type TrackedEvent,
  TrackedForm,
  useConsent,
  usePage,
  useTrack,
  useTrackedForm,
  useTracker,
  VideoProgress,
} from 'react-microconversions'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { plan } from '../../browser/react/plan.ts'
import { ServerApp, serverHtml } from '../../support/server-app.tsx'

const complain = vi.spyOn(console, 'error')
const warn = vi.spyOn(console, 'warn')
let received: TrackedEvent[] = []
const destination = {
  name: 'memory',
  send: (events: readonly TrackedEvent[]) => void received.push(...events),
}
const serverTracker = () => createTracker({ plan, destinations: [destination], consent: 'granted' })
const book = async () => {}

beforeEach(() => {
  received = []
  complain.mockClear()
  warn.mockClear()
})

afterEach(() => {
  vi.unstubAllEnvs()
  expect('window' in globalThis).toBe(false)
  expect([...complain.mock.calls, ...warn.mock.calls]).toEqual([])
})

const stream = (ui: ReactNode) =>
  new Promise<string>((resolve, reject) => {
    const { pipe } = renderToPipeableStream(ui, {
      onAllReady: () => resolve(text(pipe(new PassThrough()))),
      onError: reject,
    })
  })

const withoutScript = (html: string) => html.replace(/<script.*?<\/script>/gs, '')

describe('on a server', () => {
  it('everything renders, and nothing is reported', async () => {
    const tracker = serverTracker()
    const app = <ServerApp tracker={tracker} book={book} />
    expect(withoutScript(renderToString(app))).toBe(serverHtml)
    expect(withoutScript(await stream(app))).toBe(serverHtml)
    await tracker.flush()
    expect(received).toEqual([])
    expect(tracker.record.get()).toMatchObject({ decisions: [], counts: {} })
  })

  it('a stream that waits reports nothing either', async () => {
    const tracker = serverTracker()
    let ready = false
    const waited = new Promise<void>((resolve) => setTimeout(resolve, 5)).then(() => {
      ready = true
    })
    function Slow() {
      if (!ready) throw waited
      return <ServerApp tracker={tracker} book={book} />
    }
    const html = await stream(
      <Suspense fallback="…">
        <Slow />
      </Suspense>,
    )
    expect(html).toContain('See pricing')
    expect(received).toEqual([])
  })

  it('a call while rendering, which should not be, is refused and named', () => {
    const decisions: Decision[] = []
    function Careless() {
      const track: Track<{ pricing_clicked: { tier: string } }> = useTrack()
      decisions.push(track('pricing_clicked', { tier: 'pro' }))
      return null
    }
    renderToString(
      <MicroconversionProvider tracker={serverTracker()}>
        <Careless />
      </MicroconversionProvider>,
    )
    expect(decisions).toMatchObject([{ outcome: 'dropped', reason: 'not-in-browser' }])
    expect(received).toEqual([])
  })

  it('a form whose action is a server function still works without JavaScript', () => {
    const save: () => Promise<string> = Object.assign(async () => 'saved', {
      // What a framework's reference to a server function carries while React renders on a server.
      $$FORM_ACTION: () => ({
        name: '$ACTION_ID_save',
        method: 'POST',
        encType: 'multipart/form-data',
        data: null,
      }),
      $$IS_SIGNATURE_EQUAL: () => true,
      bind: () => save,
    })
    function Form() {
      const form = useTrackedForm({ name: 'state' })
      const [state, dispatch] = useActionState<string | undefined, FormData>(form.trackAction(save), 'new')
      return (
        <>
          <TrackedForm name="direct" action={save as unknown as () => Promise<void>} />
          <TrackedForm form={form} action={dispatch}>
            {state}
          </TrackedForm>
        </>
      )
    }
    const html = renderToString(
      <MicroconversionProvider tracker={serverTracker()}>
        <Form />
      </MicroconversionProvider>,
    )
    expect(html.match(/\$ACTION_ID_save/g)).toHaveLength(2)
    expect(html).not.toContain('unexpectedly submitted')
  })
})

describe('without a provider', () => {
  const decisions: Decision[] = []
  function Orphan() {
    const track: Track<{ pricing_clicked: object }> = useTrack()
    const { consent, update } = useConsent()
    usePage({ pathname: '/demo' })
    decisions.push(track('pricing_clicked'))
    update('granted')
    return <p>{`${useTracker().plan.name}${JSON.stringify(consent)}`}</p>
  }
  const everything = (
    <>
      <Orphan />
      <PricingLink event="pricing_clicked" href="/pricing" />
      <TrackedForm name="demo" onSubmit={book} />
      <VideoProgress name="tour" />
    </>
  )

  it('development stops with a code, and production goes on without tracking', () => {
    expect(() => renderToString(everything)).toThrow('[RMC201]')
    vi.stubEnv('NODE_ENV', 'production')
    expect(renderToString(everything)).toBe('<p>{}</p><a href="/pricing"></a><form></form><video></video>')
    expect(decisions).toMatchObject([{ outcome: 'dropped', reason: 'disabled' }])
  })
})

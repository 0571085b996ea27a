import { cleanup, configure, render as renderBare } from '@testing-library/react'
import {
  Activity,
  Component,
  type ComponentProps,
  createRef,
  type FormEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  use,
  useActionState,
  useEffect,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import {
  createTracker,
  FormStep,
  MicroconversionProvider,
  TrackedForm,
  type TrackedFormHandle,
  usePage,
  useTrackedForm,
  useTracker,
} from 'react-microconversions'
import type { Destination } from 'react-microconversions/authoring'
import { createTestTracker, renderWithTracking } from 'react-microconversions/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { deferred, eventually, patient, plan, sent, soon } from './plan.ts'

// Effects, refs and renders run twice wherever React can make them: nothing here may count that.
configure({ reactStrictMode: true })

/** Whether the default of each submission was prevented when everybody but the browser had their turn; none navigates. */
let prevented: boolean[] = []

function note(event: Event) {
  prevented.push(event.defaultPrevented)
  event.preventDefault()
}

beforeEach(() => {
  prevented = []
  window.addEventListener('submit', note)
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  cleanup()
  window.removeEventListener('submit', note)
})

const field = (label: string) => page.getByLabelText(label)
const button = (name: string) => page.getByRole('button', { name })
const press = (name: string) => userEvent.click(button(name))
const type = (label = 'Email', text = 'ada@example.com') => userEvent.fill(field(label), text)

type Tracking = Pick<ReturnType<typeof createTestTracker<typeof plan>>, 'decisions'>

/** Without the fields, which trigger tests look at. */
const factsOf = ({ decisions }: Tracking) =>
  decisions()
    .map(({ trigger }) => trigger.fact)
    .filter((fact) => fact !== 'field' && fact !== 'view')
const propertiesOf = ({ decisions }: Tracking, fact: string) =>
  decisions()
    .filter(({ trigger }) => trigger.fact === fact)
    .map(({ properties }) => properties)

const expectFacts = (tracking: Tracking, facts: string[]) =>
  eventually(() => expect(factsOf(tracking)).toEqual(facts))

/** Nothing follows. */
async function expectOnly(tracking: Tracking, facts: string[]) {
  await expectFacts(tracking, facts)
  await soon()
  expect(factsOf(tracking)).toEqual(facts)
}

const render = (ui: ReactElement) => renderWithTracking(ui, { plan })
const email = <input name="email" aria-label="Email" />
const fields = (
  <>
    {email}
    <button type="submit">Send</button>
  </>
)

describe('an attempt', () => {
  it('is start, submit and success of a form with a promise', async () => {
    const tracking = render(
      <TrackedForm name="demo" id="book" onSubmit={sent}>
        {fields}
      </TrackedForm>,
    )
    await userEvent.click(field('Email'))
    expect(tracking.decisions()).toEqual([])
    await type()
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'success'])
    expect(tracking.decisions()).toMatchObject([
      { event: 'form_start', properties: { form_name: 'demo', form_id: 'book', field_name: 'email' } },
      { event: 'form_field', properties: { field_name: 'email', field_state: 'valid' } },
      { event: 'form_submit', properties: { form_submit_text: 'Send', navigated: false } },
      { event: 'form_success' },
    ])
    expect(new Set(tracking.decisions().map(({ outcome }) => outcome))).toEqual(new Set(['fired']))
    const triggers = tracking.decisions().map(({ trigger }) => trigger)
    expect(new Set(triggers.map(({ component }) => component))).toEqual(new Set(['TrackedForm']))
    expect(new Set(triggers.map(({ attemptId }) => attemptId)).size).toBe(1)
  })

  it('is no other with controlled fields, which are reset after success', async () => {
    function Controlled() {
      const [text, setText] = useState('')
      return (
        <TrackedForm
          name="demo"
          onSubmit={async (event) => {
            event.preventDefault()
            await sent()
            setText('')
          }}
        >
          <input
            name="email"
            aria-label="Email"
            required
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    // By keys: WebDriver's `fill` clears first, with a `change` event of a script, which counts as another change.
    const typeKeys = () => userEvent.type(field('Email'), 'ada@example.com')
    const tracking = render(<Controlled />)
    await typeKeys()
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'success'])
    await expect.element(field('Email'), patient).toHaveValue('')
    await typeKeys()
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'success', 'start', 'submit', 'success'])
    // Each attempt has its start and its fields: the second is no repetition of the first.
    expect(tracking.decisions().map(({ event, outcome }) => `${event} ${outcome}`)).toEqual(
      Array(2)
        .fill(['form_start fired', 'form_field fired', 'form_submit fired', 'form_success fired'])
        .flat(),
    )
    expect(new Set(tracking.decisions().map(({ trigger }) => trigger.attemptId)).size).toBe(2)
  })

  it('is one submission when a button is pressed twice', async () => {
    const request = deferred<void>()
    const onSubmit = vi.fn(() => request.promise)
    const tracking = render(
      <TrackedForm name="demo" onSubmit={onSubmit}>
        {fields}
      </TrackedForm>,
    )
    await type()
    await press('Send')
    await press('Send')
    expect(onSubmit).toHaveBeenCalledTimes(2)
    request.resolve()
    await expectOnly(tracking, ['start', 'submit', 'success'])
  })

  it('is submitted by a button outside of the form, and by Enter', async () => {
    const onSubmit = vi.fn(sent)
    const tracking = render(
      <>
        <TrackedForm name="demo" id="book" onSubmit={onSubmit}>
          {email}
        </TrackedForm>
        <button type="submit" form="book">
          Book
        </button>
      </>,
    )
    await type()
    await press('Book')
    await expectFacts(tracking, ['start', 'submit', 'success'])
    expect(propertiesOf(tracking, 'submit')).toMatchObject([{ form_submit_text: 'Book' }])
    await userEvent.click(field('Email'))
    await userEvent.keyboard('{Enter}')
    await expectOnly(tracking, ['start', 'submit', 'success', 'start', 'submit', 'success'])
    expect(onSubmit).toHaveBeenCalledTimes(2)
  })

  it('fails at native validation, without a submission', async () => {
    const onSubmit = vi.fn(sent)
    const tracking = render(
      <TrackedForm name="demo" onSubmit={onSubmit}>
        <input name="email" aria-label="Email" type="email" required />
        <input name="company" aria-label="Company" required />
        <button type="submit">Send</button>
      </TrackedForm>,
    )
    await press('Send')
    await expectOnly(tracking, ['start', 'failure'])
    expect(propertiesOf(tracking, 'failure')).toMatchObject([{ error_code: 'validation', invalid_fields: 2 }])
    expect(onSubmit).not.toHaveBeenCalled()
    await type()
    await type('Company', 'Acme')
    await press('Send')
    await expectOnly(tracking, ['start', 'failure', 'submit', 'success'])
  })
})

describe('the outcome', () => {
  it.each<[string, () => unknown, object]>([
    [
      'a response that is not ok',
      async () => new Response(null, { status: 503 }),
      { error_code: 'http_503' },
    ],
    ['a result with ok: false', async () => ({ ok: false, code: 'taken' }), { error_code: 'taken' }],
  ])('is failure: %s', async (_, onSubmit, properties) => {
    const tracking = render(
      <TrackedForm name="demo" onSubmit={onSubmit}>
        {fields}
      </TrackedForm>,
    )
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'failure'])
    expect(propertiesOf(tracking, 'failure')).toMatchObject([properties])
  })

  it('is failure: a rejection, which is reported as without us', async () => {
    const unhandled: unknown[] = []
    const listen = (event: PromiseRejectionEvent) => {
      event.preventDefault()
      unhandled.push(event.reason)
    }
    window.addEventListener('unhandledrejection', listen)
    const error = new TypeError('ada@example.com is taken')
    const tracking = render(
      <TrackedForm name="demo" onSubmit={() => Promise.reject(error)}>
        {fields}
      </TrackedForm>,
    )
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'failure'])
    expect(propertiesOf(tracking, 'failure')).toMatchObject([{ error_code: 'TypeError' }])
    await eventually(() => expect(unhandled).toEqual([error]))
    window.removeEventListener('unhandledrejection', listen)
  })

  it('is failure: fulfilled while a field is marked as invalid, as form libraries do', async () => {
    function Marked() {
      const [invalid, setInvalid] = useState(false)
      return (
        <TrackedForm name="demo" noValidate onSubmit={async () => setInvalid(true)}>
          <input name="email" aria-label="Email" aria-invalid={invalid} />
          <button type="submit">Send</button>
        </TrackedForm>
      )
    }
    const tracking = render(<Marked />)
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'failure'])
    expect(propertiesOf(tracking, 'failure')).toMatchObject([{ error_code: 'validation', invalid_fields: 1 }])
  })

  it('is what `outcome` makes of a result, by its latest closure', async () => {
    const judged = vi.fn()
    function Judged() {
      const [tries, setTries] = useState(0)
      return (
        <TrackedForm
          name="demo"
          outcome={(result) => {
            judged(result)
            return tries > 1 ? 'success' : 'failure'
          }}
          onSubmit={async () => {
            flushSync(() => setTries(tries + 1))
            return `try ${tries}`
          }}
        >
          {fields}
        </TrackedForm>
      )
    }
    const tracking = render(<Judged />)
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'failure'])
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'failure', 'submit', 'success'])
    expect(judged.mock.calls).toEqual([['try 0'], ['try 1']])
  })

  it('is unknown without a promise: one hint, and no abandonment', async () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    const tracking = render(
      <TrackedForm name="demo" onSubmit={() => undefined}>
        {fields}
      </TrackedForm>,
    )
    await type()
    const form = document.querySelector('form') as HTMLFormElement
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    for (const hints of [1, 1, 1]) {
      form.requestSubmit()
      vi.advanceTimersByTime(10_000)
      expect(complain).toHaveBeenCalledTimes(hints)
    }
    vi.useRealTimers()
    expect(complain.mock.calls[0]?.[0]).toMatch(/^\[RMC202\] The form "demo" was submitted.+Return a promise/)
    tracking.unmount()
    await soon()
    expect(new Set(factsOf(tracking))).toEqual(new Set(['start', 'submit']))
  })

  it.each([
    ['none', undefined],
    ['null', null],
  ])('is that of a handler whose element passes no event: %s', async (_, given) => {
    const save = vi.fn(sent)
    /** Of a component library: it validates, and then calls the handler. */
    function OwnForm({ onSubmit, ...rest }: ComponentProps<'form'>) {
      const submit = (event: FormEvent) => {
        event.preventDefault()
        onSubmit?.(given as never)
      }
      return <form {...rest} onSubmit={submit} />
    }
    const tracking = render(
      <TrackedForm name="demo" onSubmit={save} render={<OwnForm />}>
        {fields}
      </TrackedForm>,
    )
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'success'])
    expect(save).toHaveBeenCalledOnce()
  })

  it('is that of a handler that is called later, as after a confirmation', async () => {
    function Confirmed() {
      const { ref, handleSubmit } = useTrackedForm({ name: 'demo' })
      const submit = handleSubmit(sent)
      const confirm = async (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault()
        await soon()
        submit(event)
      }
      return (
        <form ref={ref} onSubmit={confirm}>
          {fields}
        </form>
      )
    }
    const tracking = render(<Confirmed />)
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'success'])
  })

  it.each(['onSubmit', 'action'])(
    'is success although a slow commit still shows old errors: %s',
    async (prop) => {
      function Retried() {
        const [isInvalid, setInvalid] = useState(false)
        const save = async () => {
          await sent()
          // As a transition that waits for the next page.
          if (isInvalid) setTimeout(() => setInvalid(false), 300)
          else setInvalid(true)
          return { ok: true }
        }
        return (
          <TrackedForm name="demo" {...{ [prop]: save }}>
            <input name="email" aria-label="Email" aria-invalid={isInvalid} />
            <button type="submit">Send</button>
          </TrackedForm>
        )
      }
      const tracking = render(<Retried />)
      await press('Send')
      await expectFacts(tracking, ['start', 'submit', 'failure'])
      await press('Send')
      await expectOnly(tracking, ['start', 'submit', 'failure', 'submit', 'success'])
    },
  )

  it('is said by `succeed` of a form that has given way to an empty one', async () => {
    let handle: TrackedFormHandle | undefined
    const Renewed = ({ of }: { of: number }) => {
      handle = useTrackedForm({ name: 'demo' })
      return (
        <TrackedForm key={of} form={handle} onSubmit={() => {}}>
          {fields}
        </TrackedForm>
      )
    }
    const tracking = render(<Renewed of={1} />)
    await type()
    await press('Send')
    await expectFacts(tracking, ['start', 'submit'])
    tracking.rerender(<Renewed of={2} />)
    handle?.succeed()
    handle?.succeed()
    await expectOnly(tracking, ['start', 'submit', 'success'])
    await type()
    handle?.fail('sold_out')
    await expectOnly(tracking, ['start', 'submit', 'success', 'start', 'failure'])
  })

  it('is what `succeed` and `fail` say', async () => {
    let handle: TrackedFormHandle | undefined
    function Handled() {
      const form = useTrackedForm({ name: 'demo' })
      handle = form
      return (
        <TrackedForm form={form} onSubmit={() => undefined}>
          {fields}
        </TrackedForm>
      )
    }
    const tracking = render(<Handled />)
    await press('Send')
    await expectOnly(tracking, ['start', 'submit'])
    handle?.fail('declined')
    await expectOnly(tracking, ['start', 'submit', 'failure'])
    await press('Send')
    handle?.fail()
    await expectFacts(tracking, ['start', 'submit', 'failure', 'submit', 'failure'])
    await press('Send')
    handle?.succeed()
    handle?.fail('late')
    await expectOnly(tracking, [
      ...['start', 'submit', 'failure'],
      ...['submit', 'failure'],
      ...['submit', 'success'],
    ])
    expect(propertiesOf(tracking, 'failure')).toMatchObject([
      { error_code: 'declined' },
      { error_code: 'error' },
    ])
  })
})

describe('actions', () => {
  it('are watched: a function of the form', async () => {
    const request = deferred<void>()
    const received: unknown[] = []
    const tracking = render(
      <TrackedForm
        name="demo"
        action={(data) => {
          received.push(Object.fromEntries(data))
          return request.promise
        }}
      >
        {fields}
      </TrackedForm>,
    )
    await type()
    await press('Send')
    await expectOnly(tracking, ['start', 'submit'])
    expect(propertiesOf(tracking, 'submit')).toMatchObject([{ navigated: false, form_destination: '' }])
    request.resolve()
    await expectOnly(tracking, ['start', 'submit', 'success'])
    expect(received).toEqual([{ email: 'ada@example.com' }])
    await expect.element(field('Email'), patient).toHaveValue('')
  })

  it('are judged by `outcome` alone, with what they return and nothing else', async () => {
    const outcome = vi.fn((state: unknown) => ((state as { saved: boolean }).saved ? 'success' : 'failure'))
    const tracking = render(
      <TrackedForm name="demo" outcome={outcome} action={() => ({ saved: true }) as unknown as undefined}>
        {fields}
      </TrackedForm>,
    )
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'success'])
    expect(outcome.mock.calls).toEqual([[{ saved: true }]])
  })

  it('are not called when the handler prevents, and then the promise of the handler counts', async () => {
    const action = vi.fn()
    const tracking = render(
      <TrackedForm
        name="demo"
        action={action}
        onSubmit={(event) => {
          event.preventDefault()
          return sent()
        }}
      >
        {fields}
      </TrackedForm>,
    )
    await press('Send')
    await expectOnly(tracking, ['start', 'submit', 'success'])
    expect(action).not.toHaveBeenCalled()
  })

  it('decide, whatever the promise of the handler says', async () => {
    const answer = deferred<object>()
    const tracking = render(
      <TrackedForm name="demo" action={() => answer.promise as Promise<never>} onSubmit={() => sent()}>
        {fields}
      </TrackedForm>,
    )
    await press('Send')
    await expectOnly(tracking, ['start', 'submit'])
    answer.resolve({ error: 'no' })
    await expectOnly(tracking, ['start', 'submit', 'failure'])
  })

  it('fail with their error, which reaches the boundary as without us', async () => {
    const unhandled = vi.fn()
    window.addEventListener('unhandledrejection', unhandled)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    class Boundary extends Component<{ children: ReactNode }> {
      override state = { message: '' }
      static getDerivedStateFromError = ({ message }: Error) => ({ message })
      override render = () => (this.state.message ? <p>{this.state.message}</p> : this.props.children)
    }
    const tracking = render(
      <Boundary>
        <TrackedForm name="demo" action={() => Promise.reject(new RangeError('out of range'))}>
          {fields}
        </TrackedForm>
      </Boundary>,
    )
    await press('Send')
    await expect.element(page.getByText('out of range'), patient).toBeVisible()
    await expectOnly(tracking, ['start', 'submit', 'failure', 'abandon'])
    expect(propertiesOf(tracking, 'failure')).toMatchObject([{ error_code: 'RangeError' }])
    expect(unhandled).not.toHaveBeenCalled()
    window.removeEventListener('unhandledrejection', unhandled)
  })

  it('are watched through `trackAction` and `useActionState`, whose dispatch returns nothing', async () => {
    const steps = [deferred<string>(), deferred<string>()]
    let calls = 0
    function WithState() {
      const form = useTrackedForm({
        name: 'demo',
        outcome: (state) => (state === 'saved' ? 'success' : 'failure'),
      })
      const [state, dispatch, pending] = useActionState(
        form.trackAction((_: string, _data: FormData) => steps[calls++]?.promise ?? 'none'),
        'new',
      )
      return (
        <TrackedForm form={form} action={dispatch}>
          {fields}
          <output>{pending ? 'pending' : state}</output>
        </TrackedForm>
      )
    }
    const tracking = render(<WithState />)
    await type()
    await press('Send')
    await expect.element(page.getByRole('status'), patient).toHaveTextContent('pending')
    await expectOnly(tracking, ['start', 'submit'])
    steps[0]?.resolve('refused')
    await expect.element(page.getByRole('status'), patient).toHaveTextContent('refused')
    await expectOnly(tracking, ['start', 'submit', 'failure'])
    await press('Send')
    steps[1]?.resolve('saved')
    await expect.element(page.getByRole('status'), patient).toHaveTextContent('saved')
    await expectOnly(tracking, ['start', 'submit', 'failure', 'submit', 'success'])
    expect(calls).toBe(2)
  })
})

describe('abandonment', () => {
  const request = () => deferred<void>()

  function Wizard() {
    const [step, setStep] = useState(1)
    return (
      <TrackedForm name="wizard">
        {step === 1 ? (
          <FormStep key="1" name="contact" index={1}>
            {email}
          </FormStep>
        ) : (
          <FormStep key="2" name="company" index={2}>
            <input name="company" aria-label="Company" />
          </FormStep>
        )}
        <button type="button" onClick={() => setStep(3 - step)}>
          {step === 1 ? 'Next' : 'Back'}
        </button>
      </TrackedForm>
    )
  }

  it('is one, with step and last field, when the form is removed', async () => {
    const tracking = render(<Wizard />)
    await type()
    await press('Next')
    await type('Company', 'Acme')
    tracking.rerender(<p>gone</p>)
    await expectOnly(tracking, ['step', 'start', 'step', 'abandon'])
    expect(propertiesOf(tracking, 'abandon')).toMatchObject([
      { step_name: 'company', step_index: 2, last_field: 'company' },
    ])
  })

  it('knows steps forward and back, each when it comes into view', async () => {
    const tracking = render(<Wizard />)
    await press('Next')
    await press('Back')
    await press('Next')
    await expectOnly(tracking, ['step', 'step', 'step', 'step'])
    expect(propertiesOf(tracking, 'step')).toMatchObject([
      { step_name: 'contact', step_index: 1, step_direction: 'forward' },
      { step_name: 'company', step_index: 2, step_direction: 'forward' },
      { step_name: 'contact', step_index: 1, step_direction: 'back' },
      { step_name: 'company', step_index: 2, step_direction: 'forward' },
    ])
  })

  it('keeps what was filled in of a step that the user left by a button of any kind', async () => {
    const tracking = render(<Wizard />)
    await type()
    await press('Next')
    await type('Company', 'Acme')
    await press('Back')
    tracking.rerender(<p>gone</p>)
    await expectOnly(tracking, ['step', 'start', 'step', 'step', 'abandon'])
    expect(propertiesOf(tracking, 'abandon')).toMatchObject([
      { step_name: 'contact', fields_total: 2, fields_completed: 2, completion_percent: 100 },
    ])
  })

  it('is none without a start', async () => {
    const tracking = render(<TrackedForm name="demo">{fields}</TrackedForm>)
    await userEvent.click(field('Email'))
    tracking.unmount()
    await expectOnly(tracking, [])
  })

  it('is none when the form goes at once, before its promise is settled', async () => {
    const { promise, resolve } = request()
    function Optimistic() {
      const [sent, setSent] = useState(false)
      if (sent) return <p>Thanks</p>
      return (
        <TrackedForm
          name="demo"
          onSubmit={() => {
            flushSync(() => setSent(true))
            return promise
          }}
        >
          {fields}
        </TrackedForm>
      )
    }
    const tracking = render(<Optimistic />)
    await type()
    await press('Send')
    await expect.element(page.getByText('Thanks'), patient).toBeVisible()
    await expectOnly(tracking, ['start', 'submit'])
    resolve()
    await expectOnly(tracking, ['start', 'submit', 'success'])
  })

  it('waits for a submission in flight, over unmount, route and pagehide, and follows its failure', async () => {
    const { promise, resolve } = deferred<Response>()
    const tracking = render(
      <TrackedForm name="demo" onSubmit={() => promise}>
        {fields}
      </TrackedForm>,
    )
    await type()
    await press('Send')
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    tracking.rerender(<p>gone</p>)
    tracking.tracker.page({ path: '/next' })
    await expectOnly(tracking, ['start', 'submit'])
    resolve(new Response(null, { status: 500 }))
    await expectOnly(tracking, ['start', 'submit', 'failure', 'abandon'])
  })

  it('belongs to the page that the form was on', async () => {
    function App({ path }: { path: string }) {
      usePage({ pathname: path })
      return path === '/demo' ? <TrackedForm name="demo">{fields}</TrackedForm> : <p>next</p>
    }
    const tracking = render(<App path="/demo" />)
    await type()
    tracking.rerender(<App path="/next" />)
    await expectOnly(tracking, ['start', 'abandon'])
    const told = () =>
      tracking.decisions().map(({ event, page: { path, number } }) => `${event} ${path} ${number}`)
    // The view of a page comes later than its commit.
    await eventually(() =>
      expect(told()).toEqual([
        'page_view /demo 1',
        'form_start /demo 1',
        'form_field /demo 1',
        'form_abandon /demo 1',
        'page_view /next 2',
      ]),
    )
  })

  it('is none at a page change that the form survives', async () => {
    const tracking = render(<TrackedForm name="newsletter">{fields}</TrackedForm>)
    await type()
    tracking.tracker.page({ path: '/next' })
    await expectOnly(tracking, ['start'])
    tracking.unmount()
    await expectOnly(tracking, ['start', 'abandon'])
  })

  it('is one at pagehide, and the form may go on after a return', async () => {
    const tracking = render(<TrackedForm name="demo">{fields}</TrackedForm>)
    await type()
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    expect(factsOf(tracking)).toEqual(['start', 'abandon'])
    await type('Email', 'grace@example.com')
    await expectOnly(tracking, ['start', 'abandon', 'resume'])
    tracking.unmount()
    await expectOnly(tracking, ['start', 'abandon', 'resume'])
    const attempts = tracking.decisions().map(({ trigger }) => trigger.attemptId)
    expect(new Set(attempts).size).toBe(1)
  })

  it('leaves with the last flush of the document', async () => {
    const sent: string[] = []
    const send: Destination['send'] = (events, { reason }) =>
      void sent.push(...events.map(({ name }) => `${name} ${reason}`))
    const tracker = createTracker({ plan, destinations: [{ name: 'last', send }], consent: 'granted' })
    renderBare(
      <MicroconversionProvider tracker={tracker}>
        <TrackedForm name="demo">{fields}</TrackedForm>
      </MicroconversionProvider>,
    )
    await type()
    await eventually(() => expect(sent).toContain('form_start batch'))
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    expect(sent.at(-1)).toBe('form_abandon hidden')
    tracker.dispose()
  })

  const never = new Promise<never>(() => {})
  const Suspending = ({ suspended }: { suspended: boolean }) => (suspended ? use(never) : null)
  it.each<[string, (hidden: boolean, form: ReactNode) => ReactElement]>([
    ['Activity', (hidden, form) => <Activity mode={hidden ? 'hidden' : 'visible'}>{form}</Activity>],
    [
      'Suspense',
      (hidden, form) => (
        <Suspense>
          <Suspending suspended={hidden} />
          {form}
        </Suspense>
      ),
    ],
  ])('is none while hidden by %s; the attempt goes on', async (_, hide) => {
    const form = (
      <TrackedForm name="demo" onSubmit={sent}>
        <FormStep name="contact" index={1}>
          {fields}
        </FormStep>
      </TrackedForm>
    )
    const tracking = render(hide(false, form))
    await type()
    tracking.rerender(hide(true, form))
    await expect.element(field('Email'), patient).not.toBeVisible()
    await expectOnly(tracking, ['step', 'start'])
    tracking.rerender(hide(false, form))
    await type('Email', 'grace@example.com')
    await press('Send')
    await expectOnly(tracking, ['step', 'start', 'submit', 'success'])
    expect(new Set(tracking.decisions().map(({ trigger }) => trigger.attemptId)).size).toBe(1)
  })

  const pathsOf = ({ decisions }: Tracking) =>
    decisions()
      .filter(({ trigger }) => trigger.fact === 'abandon')
      .map((decision) => decision.page.path)

  it('belongs to that page also where an effect reports the next one', async () => {
    function App({ path }: { path: string }) {
      const tracker = useTracker()
      useEffect(() => void tracker.page({ path, key: path }), [tracker, path])
      return path === '/demo' ? <TrackedForm name="demo">{fields}</TrackedForm> : <p>next</p>
    }
    const tracking = render(<App path="/demo" />)
    await type()
    tracking.rerender(<App path="/next" />)
    await expectOnly(tracking, ['start', 'abandon'])
    expect(pathsOf(tracking)).toEqual(['/demo'])
  })

  it('is one when Activity hides the form with its page, and a return goes on', async () => {
    function App({ path }: { path: string }) {
      usePage({ pathname: path })
      return (
        <Activity mode={path === '/demo' ? 'visible' : 'hidden'}>
          <TrackedForm name="demo">{fields}</TrackedForm>
        </Activity>
      )
    }
    const tracking = render(<App path="/demo" />)
    await type()
    tracking.rerender(<App path="/next" />)
    await expectOnly(tracking, ['start', 'abandon'])
    tracking.rerender(<App path="/demo" />)
    await type('Email', 'grace@example.com')
    tracking.rerender(<App path="/next" />)
    await expectOnly(tracking, ['start', 'abandon', 'resume'])
    expect(pathsOf(tracking)).toEqual(['/demo'])
  })

  it.each([
    ['and shown never again', (ui: ReactElement) => ui],
    ['and removed', () => <p>gone</p>],
  ])('is one when the page ends of a form that was hidden before, %s', async (_, then) => {
    const ui = (mode: 'visible' | 'hidden') => (
      <Activity mode={mode}>
        <TrackedForm name="demo">{fields}</TrackedForm>
      </Activity>
    )
    const tracking = render(ui('visible'))
    tracking.tracker.page({ path: '/demo' })
    await type()
    tracking.rerender(ui('hidden'))
    await soon()
    tracking.rerender(then(ui('hidden')))
    await expectOnly(tracking, ['start'])
    tracking.tracker.page({ path: '/next' })
    expect(factsOf(tracking)).toEqual(['start', 'abandon'])
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    await expectOnly(tracking, ['start', 'abandon'])
    expect(pathsOf(tracking)).toEqual(['/demo'])
  })

  it.each<[string, (tracking: Pick<ReturnType<typeof render>, 'tracker' | 'rerender'>) => void]>([
    ['the document is left', () => window.dispatchEvent(new PageTransitionEvent('pagehide'))],
    [
      'its page ends with it',
      ({ tracker, rerender }) => {
        rerender(<p>gone</p>)
        tracker.page({ path: '/next' })
      },
    ],
  ])('is one of a form that has taken the place of another, when %s', async (_, end) => {
    function Swapped({ wide }: { wide: boolean }) {
      const form = useTrackedForm({ name: 'demo' })
      return (
        <form key={String(wide)} ref={form.ref}>
          {fields}
        </form>
      )
    }
    const tracking = render(<Swapped wide={false} />)
    tracking.tracker.page({ path: '/demo' })
    tracking.rerender(<Swapped wide />)
    await soon()
    await type()
    end(tracking)
    expect(pathsOf(tracking)).toEqual(['/demo'])
    await expectOnly(tracking, ['start', 'abandon'])
  })

  it('keeps nothing of a form that was hidden and then removed, once its page has ended', async () => {
    const listening = new Set<unknown>()
    const { addEventListener, removeEventListener } = window
    vi.spyOn(window, 'addEventListener').mockImplementation(
      (...given: Parameters<typeof addEventListener>) => {
        if (given[0] === 'pagehide') listening.add(given[1])
        addEventListener.apply(window, given)
      },
    )
    vi.spyOn(window, 'removeEventListener').mockImplementation(
      (...given: Parameters<typeof removeEventListener>) => {
        if (given[0] === 'pagehide') listening.delete(given[1])
        removeEventListener.apply(window, given)
      },
    )
    const ui = (mode: 'visible' | 'hidden') => (
      <Activity mode={mode}>
        <TrackedForm name="demo">{fields}</TrackedForm>
      </Activity>
    )
    const tracking = render(<p>nothing</p>)
    tracking.tracker.page({ path: '/demo' })
    const before = listening.size
    tracking.rerender(ui('visible'))
    expect(listening.size).toBe(before + 1)
    tracking.rerender(ui('hidden'))
    await soon()
    tracking.rerender(<p>gone</p>)
    tracking.tracker.page({ path: '/next' })
    expect(listening.size).toBe(before)
  })

  it('is one for each of several forms, and a new key is another form', async () => {
    const ui = (key: string) => (
      <TrackedForm key={key} name="demo">
        {fields}
      </TrackedForm>
    )
    const tracking = render(ui('a'))
    await type()
    tracking.rerender(ui('b'))
    await expectOnly(tracking, ['start', 'abandon'])
    await type()
    await expectOnly(tracking, ['start', 'abandon', 'start'])
    const attempts = tracking.decisions().map(({ trigger }) => trigger.attemptId)
    expect(new Set(attempts).size).toBe(2)
  })
})

describe('events', () => {
  it('map facts to events, with what a fact lacks; others are not emitted', async () => {
    const tracking = render(
      <TrackedForm
        name="demo"
        properties={{ plan: 'pro' }}
        events={{
          start: 'demo_started',
          success: { event: 'demo_booked', properties: { source: 'hero' } },
          failure: undefined,
        }}
        onSubmit={sent}
      >
        {fields}
      </TrackedForm>,
    )
    await type()
    await press('Send')
    await expectOnly(tracking, ['start', 'success'])
    expect(tracking.decisions()).toMatchObject([
      { event: 'demo_started', outcome: 'fired', properties: {}, trigger: { fact: 'start' } },
      {
        event: 'demo_booked',
        outcome: 'fired',
        properties: { form_name: 'demo', plan: 'pro', source: 'hero' },
      },
    ])
  })

  it('are the standard ones that the plan has, and none otherwise', async () => {
    const { definePlan, standardEvents } = await import('react-microconversions')
    const { form_submit } = standardEvents.form
    const small = definePlan({ name: 'small', version: '1', events: { form_submit } })
    const tracking = renderWithTracking(
      <TrackedForm name="demo" onSubmit={sent}>
        {fields}
      </TrackedForm>,
      { plan: small },
    )
    await type()
    await press('Send')
    await soon()
    expect(tracking.decisions().map(({ event }) => event)).toEqual(['form_submit'])
  })
})

describe('a guest', () => {
  it('is the form alone, and everything else passes through', () => {
    const ref = createRef<HTMLFormElement>()
    const { container } = render(
      <TrackedForm
        name="demo"
        id="book"
        className="wide"
        method="post"
        action="/book"
        noValidate
        autoComplete="off"
        aria-label="Book"
        data-x="1"
        ref={ref}
        outcome={() => 'success'}
        events={{ start: 'form_start' }}
        properties={{ a: 1 }}
      >
        <FormStep name="contact" index={1} className="step" disabled>
          {email}
        </FormStep>
      </TrackedForm>,
    )
    expect(container.innerHTML).toBe(
      '<form id="book" class="wide" method="post" novalidate="" autocomplete="off" aria-label="Book" data-x="1" action="/book"><fieldset class="step" disabled=""><input aria-label="Email" name="email"></fieldset></form>',
    )
    expect(ref.current).toBe(container.firstChild)
  })

  it('swaps its elements, whose handlers run first', async () => {
    const order: string[] = []
    const tracking = render(
      <TrackedForm
        name="demo"
        onSubmit={() => {
          order.push('form')
          return sent()
        }}
        render={<form className="own" onSubmit={() => void order.push('element')} />}
      >
        <FormStep name="contact" index={1} render={<section />}>
          {fields}
        </FormStep>
      </TrackedForm>,
    )
    expect(tracking.container.firstElementChild?.outerHTML).toMatch(/^<form class="own"><section><input/)
    await press('Send')
    expect(order).toEqual(['element', 'form'])
    await expectOnly(tracking, ['step', 'start', 'submit', 'success'])
  })

  it('prevents nothing, and leaves a prevented default prevented', async () => {
    const tracking = render(
      <>
        <TrackedForm name="native" action="/book" aria-label="native">
          <button type="submit">Native</button>
        </TrackedForm>
        <TrackedForm
          name="own"
          action="/book"
          onSubmit={(event) => {
            event.preventDefault()
            return sent()
          }}
        >
          <button type="submit">Own</button>
        </TrackedForm>
      </>,
    )
    await press('Native')
    await press('Own')
    expect(prevented).toEqual([false, true])
    await expectFacts(tracking, ['start', 'submit', 'start', 'submit', 'success'])
  })

  it('reads no value, of any kind of field', async () => {
    const reads: string[] = []
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 50
    const spied: [object, string, PropertyDescriptor][] = []
    const spy = (target: object, property: string) => {
      const original = Object.getOwnPropertyDescriptor(target, property) as PropertyDescriptor
      spied.push([target, property, original])
      Object.defineProperty(target, property, {
        ...original,
        get(this: unknown) {
          const reader = new Error().stack
            ?.split('\n')
            .find((line) => /\/src\/(react|triggers|engine|plan)\//.test(line))
          if (reader) reads.push(`${property}: ${reader}`)
          return original.get?.call(this)
        },
      })
    }
    for (const property of ['value', 'checked', 'files', 'valueAsNumber', 'valueAsDate']) {
      spy(HTMLInputElement.prototype, property)
    }
    spy(HTMLTextAreaElement.prototype, 'value')
    for (const property of ['value', 'selectedOptions', 'selectedIndex'])
      spy(HTMLSelectElement.prototype, property)
    const formData = vi.spyOn(window, 'FormData')

    const tracking = render(
      <TrackedForm name="demo" onSubmit={sent}>
        {email}
        <input name="password" type="password" aria-label="Password" onChange={() => {}} />
        <input name="terms" type="checkbox" aria-label="Terms" />
        <textarea name="story" aria-label="Story" />
        <select name="tier" aria-label="Tier">
          <option>a</option>
          <option>b</option>
        </select>
        <button type="submit">Send</button>
      </TrackedForm>,
    )
    await type()
    await type('Password', 'secret')
    await userEvent.click(field('Terms'))
    await type('Story', 'Once')
    await userEvent.selectOptions(field('Tier'), 'b')
    await press('Send')
    await expectFacts(tracking, ['start', 'submit', 'success'])
    tracking.unmount()
    await soon()
    for (const [target, property, original] of spied) Object.defineProperty(target, property, original)
    Error.stackTraceLimit = limit
    expect(reads).toEqual([])
    expect(formData).not.toHaveBeenCalled()
    expect(JSON.stringify(tracking.decisions())).not.toMatch(/ada@|secret|Once/)
  })

  it('says when a step stands outside of a form', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => render(<FormStep name="contact" index={1} />)).toThrow(
      '[RMC204] <FormStep name="contact"> is outside of a <TrackedForm>. Put it inside.',
    )
  })

  it('tracks a form element of your own by the hook', async () => {
    const { tracker, decisions } = createTestTracker(plan)
    function Own() {
      const form = useTrackedForm({ name: 'own', events: { success: 'demo_started' } })
      return (
        <form ref={form.ref} onSubmit={form.handleSubmit(sent)}>
          {fields}
        </form>
      )
    }
    renderBare(
      <MicroconversionProvider tracker={tracker}>
        <Own />
      </MicroconversionProvider>,
    )
    await type()
    await press('Send')
    await expectOnly({ decisions }, ['success'])
  })
})

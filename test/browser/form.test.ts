import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { FormFacts } from '../../src/plan/facts.ts'
import { createFormObserver, type FormObserver } from '../../src/triggers/form.ts'
import type { FormOptions, FormReport } from '../../src/triggers/form-attempt.ts'
import { trackAction } from '../../src/triggers/handler-call.ts'

let facts: FormReport[] = []
let observer: FormObserver
let stop = () => {}
let ids = 0

beforeEach(() => {
  facts = []
  ids = 0
})

afterEach(async () => {
  stop()
  document.body.replaceChildren()
  await tasks()
})

/** The markup's first form is observed, as `demo`; what it would submit is prevented unless a test wants otherwise. */
function observe(
  html: string,
  options: Partial<FormOptions> = {},
  onSubmit?: (event: SubmitEvent) => unknown,
) {
  document.body.innerHTML = html
  const form = document.querySelector('form') as HTMLFormElement
  observer = createFormObserver({ name: 'demo', newId: () => `attempt-${++ids}`, ...options }, (fact) =>
    facts.push(fact),
  )
  stop = observer.observe(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (onSubmit) handle(onSubmit)(event)
  })
  return form
}

/** As `handleSubmit` of `useTrackedForm` does. */
const handle = (handler: (event: SubmitEvent) => unknown) => trackAction(handler, observer.submitted, false)

/** A request: it takes a task. */
const request = () => new Promise<void>((resolve) => setTimeout(resolve))

const oneField = '<form><label>Email <input name="email"></label><button>Send</button></form>'
const requiredField = '<form><label>Email <input name="email" required></label><button>Send</button></form>'

/** Long enough for whatever waits for a commit. */
const tasks = () => new Promise((resolve) => setTimeout(resolve, 120))
async function again() {
  stop()
  document.body.replaceChildren()
  await tasks()
  facts = []
}

const names = () => facts.map(({ fact }) => fact)
const field = (label: string) => page.getByLabelText(label)
const press = (name: string) => userEvent.click(page.getByRole('button', { name }))
const query = <E extends Element = HTMLInputElement>(selector: string) =>
  document.querySelector(selector) as E

function payloads<F extends keyof FormFacts>(fact: F): FormFacts[F][] {
  return facts.filter((report) => report.fact === fact).map(({ payload }) => payload as FormFacts[F])
}

/** What the library leaves to the application until the test ends. */
function unhandledRejections(): unknown[] {
  const reasons: unknown[] = []
  const listen = (event: PromiseRejectionEvent) => {
    event.preventDefault()
    reasons.push(event.reason)
  }
  // The runner says what it leaves to this listener.
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => {})
  window.addEventListener('unhandledrejection', listen)
  onTestFinished(() => {
    window.removeEventListener('unhandledrejection', listen)
    quiet.mockRestore()
  })
  return reasons
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((onFulfilled, onRejected) => {
    resolve = onFulfilled
    reject = onRejected
  })
  return { promise, resolve, reject }
}

describe('start', () => {
  it('is the first key of an attempt, once, and not focus', async () => {
    observe('<form id="book" action="/book?campaign=x#top"><label>Email <input name="email"></label></form>')
    await userEvent.click(field('Email'))
    expect(facts).toEqual([])
    await userEvent.keyboard('ada')
    expect(facts).toEqual([
      {
        fact: 'start',
        factKey: 'demo',
        attemptId: 'attempt-1',
        payload: {
          form_name: 'demo',
          form_id: 'book',
          form_destination: '/book',
          field_name: 'email',
        },
      },
    ])
  })

  it('is also a paste', async () => {
    observe(`<input aria-label="Elsewhere" value="ada@example.com">${oneField}`)
    await userEvent.tripleClick(field('Elsewhere'))
    await userEvent.copy()
    await userEvent.click(field('Email'))
    await userEvent.paste()
    expect(query('[name=email]').value).toBe('ada@example.com')
    expect(names()).toEqual(['start'])
  })

  it('is also what a browser fills in, without a key or focus', async () => {
    observe(oneField)
    const input = query('[name=email]')
    input.value = 'ada@example.com'
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    input.dispatchEvent(new Event('change', { bubbles: true }))
    expect(names()).toEqual(['start'])
    await vi.waitFor(() =>
      expect(payloads('field')).toMatchObject([{ field_name: 'email', field_state: 'valid' }]),
    )
  })

  it.each([
    ['select', '<select name="choice" aria-label="Choice"><option>a<option>b</select>'],
    ['checkbox', '<input type="checkbox" name="choice" aria-label="Choice">'],
    ['radio', '<input type="radio" name="choice" aria-label="Choice">'],
  ])('is also a choice: %s', async (kind, html) => {
    observe(`<form>${html}</form>`)
    if (kind === 'select') await userEvent.selectOptions(field('Choice'), 'b')
    else await userEvent.click(field('Choice'))
    expect(payloads('start')).toMatchObject([{ field_name: 'choice' }])
  })

  it('is not a value that a program sets', async () => {
    observe('<form><input name="email" value="a"><input type="checkbox" name="terms" checked></form>')
    query('[name=email]').value = 'b'
    query('[name=terms]').checked = false
    query<HTMLFormElement>('form').reset()
    await tasks()
    expect(facts).toEqual([])
  })

  it('comes from controls that belong to the form, wherever they stand', async () => {
    observe(`
      <form id="mine"><label>Other <input name="other" form="second"></label></form>
      <form id="second"></form>
      <label>Outside <input name="outside" form="mine"></label>
      <label>Nobody's <input name="nobody"></label>`)
    await userEvent.type(field('Other'), 'x')
    await userEvent.type(field("Nobody's"), 'x')
    expect(facts).toEqual([])
    await userEvent.type(field('Outside'), 'x')
    expect(payloads('start')).toMatchObject([{ field_name: 'outside' }])
  })

  it('comes from custom elements that name their form, and from no control that names another', async () => {
    class Rating extends HTMLElement {
      static formAssociated = true
      internals = this.attachInternals()
    }
    /** Has its attribute as a property, as the controls of some component libraries do. */
    class Tags extends HTMLElement {
      form = 'mine'
    }
    customElements.define('form-rating', Rating)
    customElements.define('form-tags', Tags)
    observe(`
      <form id="mine"><form-rating name="other" form="second"></form-rating><input name="none" form="nowhere"></form>
      <form id="second"></form>
      <form-rating name="rating" form="mine">A</form-rating><form-tags name="tags" form="mine">B</form-tags>`)
    const changed = (name: string) =>
      query(`[name=${name}]`).dispatchEvent(new Event('change', { bubbles: true }))
    for (const name of ['other', 'none']) changed(name)
    expect(facts).toEqual([])
    for (const name of ['rating', 'tags']) changed(name)
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'field']))
    expect(payloads('field')).toMatchObject([
      { field_name: 'rating', completion_percent: 50 },
      { field_name: 'tags', completion_percent: 100 },
    ])
  })

  it('hears controls inside of a shadow tree, and text that is edited in place', async () => {
    document.body.innerHTML = '<div id="host"></div>'
    const tree = query<HTMLElement>('#host').attachShadow({ mode: 'open' })
    tree.innerHTML =
      '<form><p contenteditable aria-label="Story">.</p><input name="email" aria-label="Email"></form>'
    const form = tree.querySelector('form') as HTMLFormElement
    observer = createFormObserver({ name: 'demo', newId: () => 'a' }, (fact) => facts.push(fact))
    stop = observer.observe(form)
    form.querySelector('p')?.focus()
    await userEvent.keyboard('once')
    expect(payloads('start')).toMatchObject([{ field_name: '' }])
    form.querySelector('input')?.focus()
    await userEvent.keyboard('a{Tab}')
    await vi.waitFor(() => expect(payloads('field')).toMatchObject([{ field_name: 'email' }]))
  })

  it('is not the event of a hidden control', async () => {
    observe('<form><input type="hidden" name="token"></form>')
    query('[name=token]').dispatchEvent(new Event('input', { bubbles: true }))
    query('[name=token]').dispatchEvent(new Event('change', { bubbles: true }))
    expect(facts).toEqual([])
  })

  it('counts what a custom control mirrors in a native one when the user has been there', async () => {
    observe(`<form><button type="button" role="checkbox" aria-checked="false">Terms</button>
      <input type="checkbox" name="terms" aria-hidden="true" tabindex="-1"></form>`)
    const mirror = query('[name=terms]')
    const setByProgram = () => {
      mirror.checked = !mirror.checked
      mirror.dispatchEvent(new Event('click', { bubbles: true }))
    }
    setByProgram()
    expect(facts).toEqual([])
    query('button').addEventListener('click', () => setTimeout(setByProgram))
    await userEvent.click(page.getByRole('checkbox', { name: 'Terms' }))
    await vi.waitFor(() => expect(payloads('field')).toMatchObject([{ field_name: 'terms' }]))
    expect(names()).toEqual(['start', 'field'])
  })

  it('is made up for a prefilled form that is submitted as it is', async () => {
    observe('<form><input name="email" value="ada@example.com"><button>Send</button></form>')
    await press('Send')
    await tasks()
    expect(names()).toEqual(['start', 'submit'])
    expect(payloads('start')).toMatchObject([{ field_name: '' }])
  })

  it('begins another attempt after a success', async () => {
    observe(oneField, {}, request)
    await userEvent.type(field('Email'), 'a{Enter}')
    await vi.waitFor(() => expect(names()).toContain('success'))
    await userEvent.type(field('Email'), 'b')
    expect(facts.map(({ fact, attemptId }) => [fact, attemptId])).toEqual([
      ['start', 'attempt-1'],
      ['field', 'attempt-1'],
      ['submit', 'attempt-1'],
      ['success', 'attempt-1'],
      ['start', 'attempt-2'],
    ])
  })
})

describe('field', () => {
  it('is valid, invalid and then corrected when it is left after a change', async () => {
    observe(
      '<form><label>Email <input type="email" name="email"></label><label>Name <input id="name"></label></form>',
    )
    const state = (count: number) => vi.waitFor(() => expect(payloads('field')).toHaveLength(count))
    await userEvent.type(field('Email'), 'ada{Tab}')
    await state(1)
    await userEvent.click(field('Email'))
    await userEvent.tab()
    await userEvent.type(field('Email'), '@example.com{Tab}')
    await state(2)
    await userEvent.type(field('Name'), 'Ada')
    await tasks()
    expect(payloads('field')).toHaveLength(2)
    await userEvent.tab()
    await state(3)
    expect(facts.filter(({ fact }) => fact === 'field').map(({ factKey }) => factKey)).toEqual([
      'demo:attempt-1:email:invalid',
      'demo:attempt-1:email:corrected',
      'demo:attempt-1:name:valid',
    ])
    expect(payloads('field')[0]).toEqual({
      form_name: 'demo',
      form_id: '',
      step_name: '',
      step_index: 0,
      steps_total: 0,
      field_name: 'email',
      field_state: 'invalid',
      field_seconds: expect.any(Number),
      field_returns: 0,
      field_corrections: 0,
      field_errors: 1,
      completion_percent: 0,
    })
  })

  it('is looked at when a library has marked it', async () => {
    observe(oneField)
    const input = query('[name=email]')
    input.addEventListener('blur', () => setTimeout(() => input.setAttribute('aria-invalid', 'true'), 10))
    await userEvent.type(field('Email'), 'ada{Tab}')
    await vi.waitFor(() => expect(payloads('field')).toMatchObject([{ field_state: 'invalid' }]))
  })

  it('is a group of radio buttons, a select or a checkbox when it is chosen, not when it is left', async () => {
    observe(`<form>
      <label>Small <input type="radio" name="size" value="s" required></label>
      <label>Large <input type="radio" name="size" value="l"></label>
      <select name="tier" aria-label="Tier"><option>pro<option>team</select>
      <label>Terms <input type="checkbox" name="terms"></label></form>`)
    const fields = () => payloads('field').map(({ field_name }) => field_name)
    await userEvent.click(field('Large'))
    await vi.waitFor(() => expect(fields()).toEqual(['size']))
    await userEvent.selectOptions(field('Tier'), 'team')
    await vi.waitFor(() => expect(fields()).toEqual(['size', 'tier']))
    await userEvent.click(field('Terms'))
    await vi.waitFor(() => expect(fields()).toEqual(['size', 'tier', 'terms']))
    await userEvent.tab()
    await tasks()
    expect(fields()).toHaveLength(3)
  })

  it('comes before the submission that Enter begins', async () => {
    observe(oneField)
    await userEvent.type(field('Email'), 'a{Enter}')
    await tasks()
    expect(names()).toEqual(['start', 'field', 'submit'])
  })

  it('is reported neither without a name nor for a button', async () => {
    observe(
      '<form><input aria-label="Email"><button name="plan" value="pro" type="button">Pro</button></form>',
    )
    await userEvent.type(field('Email'), 'a{Tab}')
    query('button').dispatchEvent(new Event('change', { bubbles: true }))
    await userEvent.tab()
    await tasks()
    expect(names()).toEqual(['start'])
  })

  it('is corrected when it was a submission that found it invalid', async () => {
    observe(requiredField)
    await press('Send')
    await vi.waitFor(() => expect(names()).toContain('failure'))
    await userEvent.type(field('Email'), 'ada{Tab}')
    await vi.waitFor(() => expect(payloads('field')).toMatchObject([{ field_state: 'corrected' }]))
  })
})

describe('step', () => {
  it('has a direction, and is not entered twice in a row', async () => {
    observe(oneField)
    for (const [name, index] of [
      ['who', 1],
      ['who', 1],
      ['when', 2],
      ['who', 1],
      ['when', 2],
    ] as const) {
      observer.enterStep(name, index)
    }
    expect(
      payloads('step').map(({ step_name, step_index, step_direction }) => [
        step_name,
        step_index,
        step_direction,
      ]),
    ).toEqual([
      ['who', 1, 'forward'],
      ['when', 2, 'forward'],
      ['who', 1, 'back'],
      ['when', 2, 'forward'],
    ])
    expect(facts[0]).toMatchObject({ factKey: 'demo:who', attemptId: 'attempt-1' })
  })

  it('is carried by the facts that happen in it', async () => {
    observe(oneField)
    observer.enterStep('who', 1)
    await userEvent.type(field('Email'), 'a{Tab}')
    await vi.waitFor(() => expect(payloads('field')).toMatchObject([{ step_name: 'who', step_index: 1 }]))
  })

  it('that was sent gives way to the next one at once, though its answer is not looked at yet', async () => {
    const saves = [() => Promise.resolve(), () => new Promise((resolve) => setTimeout(resolve))]
    const form = observe(oneField, {}, () => saves.shift()?.())
    observer.enterStep('who', 1, 2)
    form.requestSubmit()
    observer.enterStep('when', 2, 2)
    // By now the answer of the first step is known, and waits for what it changes on the page.
    await new Promise((resolve) => setTimeout(resolve))
    form.requestSubmit()
    await vi.waitFor(() => expect(names().slice(-2)).toEqual(['submit', 'success']))
  })

  it.each(['resolve', 'reject'] as const)(
    'that is still saved does not hold up the submission of the next one (%s)',
    async (settle) => {
      const unhandled = unhandledRejections()
      const saving = deferred<void>()
      const saves = [() => saving.promise, () => new Promise((resolve) => setTimeout(resolve))]
      const form = observe(oneField, {}, () => saves.shift()?.())
      observer.enterStep('who', 1, 2)
      form.requestSubmit()
      await tasks()
      observer.enterStep('when', 2, 2)
      form.requestSubmit()
      await vi.waitFor(() => expect(names().slice(-2)).toEqual(['submit', 'success']))
      const before = names()
      const late = new Error('late')
      saving[settle](late as never)
      await vi.waitFor(() => expect(unhandled).toEqual(settle === 'reject' ? [late] : []))
      await tasks()
      expect(names()).toEqual(before)
    },
  )

  it('goes forward again in the attempt after a success', async () => {
    observe(oneField)
    observer.enterStep('who', 1)
    observer.enterStep('when', 2)
    await userEvent.type(field('Email'), 'a')
    observer.succeed()
    observer.enterStep('when', 2)
    await userEvent.type(field('Email'), 'b{Tab}')
    await vi.waitFor(() => expect(payloads('field')).toMatchObject([{ step_name: 'when', step_index: 2 }]))
    observer.enterStep('who', 1)
    expect(payloads('step').map(({ step_direction }) => step_direction)).toEqual([
      'forward',
      'forward',
      'forward',
    ])
  })
})

describe('submit', () => {
  it.each([
    ['the button', () => press('Send now')],
    ['Enter', () => userEvent.type(field('Email'), '{Enter}')],
  ])('is seen from %s, with the text of the button', async (_, submit) => {
    observe('<form action="/a"><label>Email <input></label><button> Send\n <b>now</b></button></form>')
    await submit()
    await vi.waitFor(() =>
      expect(payloads('submit')).toEqual([
        {
          form_name: 'demo',
          form_id: '',
          form_destination: '/a',
          form_submit_text: 'Send now',
          navigated: false,
        },
      ]),
    )
  })

  it('is seen from requestSubmit, without a text', async () => {
    observe(oneField).requestSubmit()
    await vi.waitFor(() =>
      expect(payloads('submit')).toMatchObject([{ form_submit_text: '', form_destination: '' }]),
    )
  })

  it.each([
    [
      'a button outside',
      '<form id="f"></form><button form="f" formaction="https://example.com/b?x=1"><i>Send it</i></button>',
      'Send it',
      'https://example.com/b',
    ],
    [
      'an input',
      '<form action="javascript:void 0"><input type="submit" name="go" value=" Send  it"></form>',
      'Send it',
      '',
    ],
    [
      'a button with a value, which is data',
      '<form action="https://ada:pw@example.com/b"><button aria-label="Send it" name="plan" value="ada@example.com"></button></form>',
      '',
      'https://example.com/b',
    ],
    [
      'a button whose address opens something',
      '<form action="/a"><button formaction="//ada:pw@example.com/reset/8f14e45fceea167a5a36dedd4bea2543">Send it</button></form>',
      'Send it',
      '//example.com/reset/[token]',
    ],
    ['a mail form', '<form action="mailto:ada@example.com"><button>Send it</button></form>', 'Send it', ''],
    [
      'a long text',
      `<form><button aria-label="Send it">${'long '.repeat(50)}</button></form>`,
      'long '.repeat(20),
      '',
    ],
  ])('is seen from %s', async (_, html, form_submit_text, form_destination) => {
    observe(html)
    await press('Send it')
    await vi.waitFor(() => expect(payloads('submit')).toMatchObject([{ form_submit_text, form_destination }]))
  })

  it('knows the form although its controls are called like its properties', async () => {
    const clobbered = ['id', 'action', 'method', 'target', 'name']
      .map((name) => `<input name="${name}">`)
      .join('')
    observe(`<form id="real" action="/real">${clobbered}<button>Send</button></form>`)
    await press('Send')
    await vi.waitFor(() =>
      expect(payloads('submit')).toMatchObject([{ form_id: 'real', form_destination: '/real' }]),
    )
  })

  it.each([
    ...['id', 'name', 'action', 'method', 'target', 'submit', 'reset', 'elements', 'length', 'type', 'form'],
    ...['nodeName', 'nodeType', 'localName', 'tagName', 'parentNode', 'parentElement', 'children', 'labels'],
    ...['ownerDocument', 'isConnected', 'getRootNode', 'contains', 'closest', 'matches', 'checkVisibility'],
    ...['getAttribute', 'hasAttribute', 'querySelectorAll', 'addEventListener', 'removeEventListener'],
    ...['getBoundingClientRect', 'scrollTop', 'scrollLeft', 'checkValidity', 'dispatchEvent', 'baseURI'],
  ])('is complete in a form, and beside one, with a control called %s', async (name) => {
    const asked: (Element | undefined)[] = []
    const fieldName = (given: string, element: Element | undefined) => {
      asked.push(element)
      return given
    }
    const html = (id: string) =>
      `<form id="${id}" action="/${id}"><input name="${name}"><input name="email"><button name="go">Send</button></form>`
    document.body.innerHTML = html('mine') + html('other')
    const [mine, other] = document.querySelectorAll('form')
    const send = (form: HTMLFormElement) => {
      const [, input] = Element.prototype.querySelectorAll.call(form, 'input') as NodeListOf<HTMLInputElement>
      input?.focus()
      for (const type of ['input', 'change', 'focusout', 'click'])
        input?.dispatchEvent(new Event(type, { bubbles: true }))
      HTMLFormElement.prototype.requestSubmit.call(form)
    }
    observer = createFormObserver({ name: 'demo', newId: () => 'a', fieldName }, (fact) => facts.push(fact))
    stop = observer.observe(mine as HTMLFormElement)
    const errors: string[] = []
    const note = (event: ErrorEvent) => void errors.push(event.message)
    const answer = (event: Event) => {
      event.preventDefault()
      if (event.target === mine) trackAction(async () => ({ ok: true }), observer.submitted)()
    }
    window.addEventListener('error', note)
    window.addEventListener('submit', answer)
    for (const form of [mine, other]) send(form as HTMLFormElement)
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'submit', 'success']))
    window.removeEventListener('error', note)
    window.removeEventListener('submit', answer)
    expect(errors).toEqual([])
    expect(payloads('submit')).toMatchObject([{ form_id: 'mine', form_destination: '/mine' }])
    expect(payloads('success')).toMatchObject([{ fields_total: 2, fields_completed: 1 }])
    expect(new Set(asked.map((element) => element?.localName))).toEqual(new Set(['input']))
  })

  it('counts once while one is in flight, however long, and the first result decides', async () => {
    const first = deferred<void>()
    const results = [first.promise, Promise.resolve({ ok: false, code: 'already_booked' })]
    const form = observe(oneField, {}, () => results.shift())
    await userEvent.dblClick(page.getByRole('button', { name: 'Send' }))
    await new Promise((resolve) => setTimeout(resolve, 1000))
    form.requestSubmit()
    await tasks()
    expect(names()).toEqual(['start', 'submit'])
    first.resolve()
    await tasks()
    expect(names()).toEqual(['start', 'submit', 'success'])
  })

  it('counts a double click once when nothing tells what is in flight, and a later retry again', async () => {
    const form = observe(oneField)
    await userEvent.dblClick(page.getByRole('button', { name: 'Send' }))
    await tasks()
    expect(names()).toEqual(['start', 'submit'])
    await new Promise((resolve) => setTimeout(resolve, 1000))
    form.requestSubmit()
    await tasks()
    expect(names()).toEqual(['start', 'submit', 'submit'])
  })

  it('is asked again after a failure', async () => {
    observe(oneField, {}, () => observer.fail('declined'))
    await press('Send')
    await tasks()
    await press('Send')
    await tasks()
    expect(names()).toEqual(['start', 'submit', 'failure', 'submit', 'failure'])
  })

  it('does not navigate when its default is prevented late, closes a dialog, or opens elsewhere', async () => {
    document.body.innerHTML = `<dialog open><form method="dialog"><button>Close</button></form></dialog>
      <iframe name="pane"></iframe><form action="/elsewhere" target="pane"><button>Frame</button></form>`
    const forms = [...document.querySelectorAll('form')]
    const stops = forms.map((form) =>
      createFormObserver({ name: 'demo', newId: () => 'a' }, (fact) => facts.push(fact)).observe(form),
    )
    await press('Frame')
    await press('Close')
    await vi.waitFor(() => expect(payloads('submit')).toHaveLength(2))
    expect(payloads('submit')).toMatchObject([{ navigated: false }, { navigated: false }])
    expect(query<HTMLDialogElement>('dialog').open).toBe(false)
    for (const stopOne of stops) stopOne()

    observe(oneField)
    window.addEventListener('submit', (event) => event.preventDefault(), { once: true })
    query<HTMLFormElement>('form').requestSubmit()
    await vi.waitFor(() => expect(payloads('submit')).toHaveLength(3))
    expect(payloads('submit')[2]).toMatchObject({ navigated: false })
  })
})

describe('validation by the browser', () => {
  const threeFields = `<form><label>Email <input name="email" required></label>
    <label>Small <input type="radio" name="size" required></label><input type="radio" name="size">
    <label>Name <input name="name"></label><button>Send</button><button formnovalidate>Save</button></form>`

  it('is one failure for each try, and starts the attempt', async () => {
    observe(threeFields)
    await press('Send')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'failure']))
    expect(payloads('failure')).toMatchObject([{ error_code: 'validation', invalid_fields: 2 }])
    await press('Send')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'failure', 'failure']))
    await press('Save')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'failure', 'failure', 'submit']))
  })

  it('is seen from Enter', async () => {
    observe(requiredField)
    await userEvent.type(field('Email'), '{Enter}')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'failure']))
  })

  it('is a step that a button of any kind was to leave', async () => {
    const form = observe(
      '<form><label>Email <input name="email" required></label><button type="button">Next</button></form>',
    )
    query('button').addEventListener('click', () => form.reportValidity())
    await press('Next')
    await tasks()
    expect(facts).toEqual([])
    observer.enterStep('who', 1)
    await press('Next')
    await vi.waitFor(() => expect(names()).toEqual(['step', 'start', 'failure']))
    expect(payloads('failure')).toMatchObject([
      { step_name: 'who', error_code: 'validation', invalid_field_names: 'email' },
    ])
  })

  it('is what a button outside of the form submits by a script, as in the footer of a dialog', async () => {
    const form = observe(requiredField)
    const footer = document.body.appendChild(document.createElement('footer'))
    footer.innerHTML = '<button type="button">Save</button>'
    footer.addEventListener('click', () => form.requestSubmit())
    await press('Save')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'failure']))
    expect(payloads('failure')).toMatchObject([{ error_code: 'validation', invalid_field_names: 'email' }])
    await userEvent.fill(field('Email'), 'ada')
    await press('Save')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'failure', 'field', 'submit']))
  })

  it('is what a submit button submits that is a custom element', async () => {
    const form = observe(
      '<form><input name="email" required><form-send type="submit">Send</form-send></form>',
    )
    query('form-send').addEventListener('click', () => form.requestSubmit())
    document.dispatchEvent(new Event('click'))
    await userEvent.click(page.getByText('Send'))
    await vi.waitFor(() => expect(names()).toEqual(['start', 'failure']))
  })

  it('is not a script that asks for validity while somebody types', async () => {
    const form = observe(
      '<form><label>Email <input type="email" name="email"></label><button>Send</button></form>',
    )
    form.addEventListener('input', () => form.checkValidity())
    await userEvent.type(field('Email'), 'ada')
    form.checkValidity()
    await tasks()
    expect(names()).toEqual(['start'])
  })
})

describe('outcome', () => {
  it('waits for the promise', async () => {
    const sent = deferred<unknown>()
    observe(oneField, {}, () => sent.promise)
    await userEvent.type(field('Email'), 'a{Enter}')
    await tasks()
    expect(names()).toEqual(['start', 'field', 'submit'])
    sent.resolve({ id: 7 })
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'submit', 'success']))
    expect(payloads('success')[0]?.seconds_since_start).toBeGreaterThan(0.1)
  })

  it('is a failure when a library fulfils with invalid fields, which it marks a little later', async () => {
    observe(oneField, {}, async () => {
      setTimeout(() => query('[name=email]').setAttribute('aria-invalid', 'true'), 10)
    })
    await press('Send')
    await vi.waitFor(() =>
      expect(payloads('failure')).toMatchObject([{ error_code: 'validation', invalid_fields: 1 }]),
    )
    await tasks()
    expect(names()).toEqual(['start', 'submit', 'failure'])
  })

  it('is a failure when a field outside of the form, joined by `form=`, is marked', async () => {
    observe(
      '<form id="f"><button>Send</button></form><input name="email" form="f" aria-invalid="true">',
      {},
      async () => {},
    )
    await press('Send')
    await vi.waitFor(() => expect(payloads('failure')).toMatchObject([{ invalid_fields: 1 }]))
  })

  it('is a failure when a script calls a field invalid, or novalidate let an invalid field pass', async () => {
    observe(oneField, {}, async () => query('[name=email]').setCustomValidity('taken'))
    await press('Send')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'submit', 'failure']))
    await again()
    observe(requiredField.replace('<form', '<form novalidate'), {}, async () => {})
    await press('Send')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'submit', 'failure']))
  })

  it('is a success although it emptied the form, or nobody wanted it validated', async () => {
    const form = observe(requiredField, {}, async () => {
      await request()
      form.reset()
    })
    await userEvent.type(field('Email'), 'a{Enter}')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'submit', 'success']))
    expect(query('[name=email]').matches(':invalid')).toBe(true)
    await again()
    const marked = observe(requiredField, {}, async () => {
      await request()
      query('[name=email]').removeAttribute('aria-invalid')
      marked.reset()
    })
    query('[name=email]').setAttribute('aria-invalid', 'true')
    await userEvent.type(field('Email'), 'a{Enter}')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'submit', 'success']))
    await again()
    observe(requiredField.replace('<button', '<button formnovalidate'), {}, request)
    await press('Send')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'submit', 'success']))
  })

  it('is a success when the form was closed with an old error in it', async () => {
    const form = observe(oneField, {}, async () => {
      await request()
      form.remove()
    })
    query('[name=email]').setAttribute('aria-invalid', 'true')
    await press('Send')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'submit', 'success']))
  })

  it('takes the code of an error, never its message, and leaves the rejection to the app', async () => {
    const unhandled = unhandledRejections()
    const error = new TypeError('ada@example.com is taken')
    observe(oneField, {}, () => Promise.reject(error))
    await press('Send')
    await vi.waitFor(() =>
      expect(payloads('failure')).toMatchObject([{ error_code: 'TypeError', invalid_fields: 0 }]),
    )
    await vi.waitFor(() => expect(unhandled).toEqual([error]))
    await again()
    const read = Promise.reject(error)
    read.catch(() => {})
    observe(oneField).addEventListener('submit', () => trackAction(() => read, observer.submitted)())
    await press('Send')
    await vi.waitFor(() => expect(names()).toContain('failure'))
    expect(unhandled).toEqual([error])
    expect(JSON.stringify(facts)).not.toContain('ada@')
  })

  it("follows a second try for which the first was aborted, whose rejection stays the app's too", async () => {
    const unhandled = unhandledRejections()
    const tries = [deferred<void>(), deferred<void>()]
    let count = 0
    const form = observe(oneField, {}, () => tries[count++]?.promise)
    form.requestSubmit()
    form.requestSubmit()
    tries[0]?.reject(new DOMException('again', 'AbortError'))
    await tasks()
    expect(names()).toEqual(['start', 'submit'])
    tries[1]?.reject(new RangeError('full'))
    await vi.waitFor(() => expect(payloads('failure')).toMatchObject([{ error_code: 'RangeError' }]))
    await vi.waitFor(() => expect(unhandled).toMatchObject([{ name: 'AbortError' }, { name: 'RangeError' }]))
  })

  it('is what the developer says, whenever it is said, and only once', async () => {
    observe(oneField, {}, async () => {
      observer.fail('declined')
      observer.succeed()
    })
    await press('Send')
    await tasks()
    observer.succeed()
    expect(names()).toEqual(['start', 'submit', 'failure'])
    expect(payloads('failure')).toMatchObject([{ error_code: 'declined' }])
    expect(facts[2]).toMatchObject({ factKey: 'demo' })
  })

  it('may be said later, without a promise, and without a submit event', async () => {
    observe(oneField, {}, () => undefined)
    await press('Send')
    await tasks()
    observer.succeed()
    observer.succeed()
    expect(names()).toEqual(['start', 'submit', 'success'])
    observer.fail()
    await userEvent.type(field('Email'), 'a')
    observer.fail()
    expect(names()).toEqual(['start', 'submit', 'success', 'start', 'failure'])
    observer.succeed()
    observer.succeed()
    expect(names().slice(5)).toEqual(['success'])
  })

  it('is judged by `outcome`, of a promise or of a plain result', async () => {
    const results: unknown[] = [Promise.resolve({ status: 422 }), 'sent']
    const outcome = (result: unknown) => (result === 'sent' ? 'success' : 'failure')
    observe(oneField, { outcome }, () => results.shift())
    await press('Send')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'submit', 'failure']))
    expect(payloads('failure')).toMatchObject([{ error_code: 'http_422' }])
    await press('Send')
    await vi.waitFor(() => expect(names().slice(3)).toEqual(['submit', 'success']))
  })

  it.each(['before', 'after'])(
    'follows the promise of an action that is called %s its handler',
    async (order) => {
      const action = deferred<void>()
      const results = order === 'before' ? [action.promise, undefined] : [undefined, action.promise]
      observe(oneField, { outcome: () => 'success' }).addEventListener('submit', () => {
        for (const result of results) trackAction(() => result, observer.submitted)()
      })
      await press('Send')
      await tasks()
      expect(names()).toEqual(['start', 'submit'])
      action.resolve()
      await vi.waitFor(() => expect(names()).toEqual(['start', 'submit', 'success']))
    },
  )

  it('ends an attempt for good: what its success has reset is not reported', async () => {
    const form = observe(oneField, {}, async () => {
      query('[name=email]').dispatchEvent(new Event('change', { bubbles: true }))
      observer.succeed()
    })
    form.requestSubmit()
    await tasks()
    expect(names()).toEqual(['start', 'submit', 'success'])
  })

  it('is unknown without a promise: nothing more, and a hint when nothing followed', async () => {
    const onHint = vi.fn()
    const form = observe(oneField, { onHint }, () => undefined)
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
    form.requestSubmit()
    vi.advanceTimersByTime(4000)
    expect(onHint).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2000)
    expect(onHint).toHaveBeenCalledTimes(1)
    form.requestSubmit()
    vi.advanceTimersByTime(1000)
    observer.succeed()
    vi.advanceTimersByTime(60_000)
    vi.useRealTimers()
    expect(onHint).toHaveBeenCalledTimes(1)
    expect(names()).toEqual(['start', 'submit', 'submit', 'success'])
  })
})

describe('abandon', () => {
  it('is a started form that was removed, with where it stood', async () => {
    const form =
      observe(`<form><label>Email <input type="email" name="email"></label><label>Name <input name="name"></label>
      <label>Phone <input name="phone"></label></form>`)
    observer.enterStep('contact', 2)
    await userEvent.type(field('Name'), 'Ada{Tab}')
    await userEvent.type(field('Email'), 'ada{Tab}')
    await userEvent.click(field('Phone'))
    await vi.waitFor(() => expect(payloads('field')).toHaveLength(2))
    facts = []
    form.remove()
    stop()
    await tasks()
    expect(facts).toEqual([
      {
        fact: 'abandon',
        factKey: 'demo',
        attemptId: 'attempt-1',
        payload: {
          form_name: 'demo',
          form_id: '',
          step_name: 'contact',
          step_index: 2,
          steps_total: 0,
          step_seconds: expect.any(Number),
          last_field: 'phone',
          seconds_since_start: expect.any(Number),
          fields_total: 3,
          fields_completed: 1,
          completion_percent: 33,
          // By Tab, over the name to the phone.
          returns: 2,
          corrections: 0,
          errors: 1,
        },
      },
    ])
    const [{ seconds_since_start: seconds }] = payloads('abandon') as [FormFacts['abandon']]
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBe(Math.round(seconds * 10) / 10)
  })

  it('counts what a removed field has been told, with the seconds of its focus, and forgets the field', async () => {
    const form = observe('<form><p><input name="email" aria-label="Email"></p><input name="phone"></form>')
    await userEvent.type(field('Email'), 'ada')
    await tasks()
    form.querySelector('p')?.remove()
    await vi.waitFor(() => expect(payloads('field')).toHaveLength(1))
    expect(payloads('field')).toMatchObject([{ field_name: 'email', field_state: 'valid' }])
    expect(payloads('field')[0]?.field_seconds).toBeGreaterThan(0)
    form.remove()
    stop()
    await tasks()
    expect(payloads('abandon')).toMatchObject([{ fields_total: 1, fields_completed: 0 }])
  })

  it('is not a cleanup whose element stays, and the attempt goes on', async () => {
    const form = observe(oneField)
    await userEvent.type(field('Email'), 'a')
    stop()
    stop = observer.observe(form)
    await tasks()
    stop()
    await tasks()
    stop = observer.observe(form)
    await userEvent.type(field('Email'), 'b')
    form.remove()
    stop()
    await tasks()
    expect(facts.map(({ fact, attemptId }) => [fact, attemptId])).toEqual([
      ['start', 'attempt-1'],
      ['field', 'attempt-1'],
      ['abandon', 'attempt-1'],
    ])
  })

  it('is neither a form without a start, nor one that succeeded, nor a hidden tab', async () => {
    const form = observe(oneField)
    await userEvent.click(field('Email'))
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    await userEvent.type(field('Email'), 'a')
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    observer.succeed()
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    form.remove()
    stop()
    await tasks()
    expect(names()).toEqual(['start', 'success'])
  })

  it('ends with the page, also for a form that Activity hides', async () => {
    observe(oneField)
    await userEvent.type(field('Email'), 'a')
    stop()
    await tasks()
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    expect(names()).toEqual(['start', 'abandon'])
  })

  it('ends with the page scope when the form is gone, before its own cleanup is done', async () => {
    const form = observe(oneField)
    await userEvent.type(field('Email'), 'a')
    observer.leavePage()
    expect(names()).toEqual(['start'])
    form.remove()
    stop()
    observer.leavePage()
    expect(names()).toEqual(['start', 'field', 'abandon'])
    await tasks()
    expect(names()).toHaveLength(3)
  })

  it('ends with the page scope when the form is hidden, but not when it has no box of its own', async () => {
    const form = observe(oneField)
    await userEvent.type(field('Email'), 'a{Enter}')
    observer.fail()
    form.style.display = 'contents'
    observer.leavePage()
    expect(names()).not.toContain('abandon')
    form.style.display = 'none'
    observer.leavePage()
    expect(names().slice(-1)).toEqual(['abandon'])
  })

  it('does not lose a success that is said in the handler that leaves the page scope', async () => {
    observe(oneField, {}, () => {
      observer.succeed()
      observer.leavePage()
      facts.push({ fact: 'next page' } as unknown as FormReport)
    })
    await press('Send')
    await tasks()
    expect(names()).toEqual(['start', 'submit', 'success', 'next page'])
  })

  it('happens at once when another form takes the place, which begins its own attempt', async () => {
    const form = observe(oneField)
    observer.enterStep('when', 2)
    await userEvent.type(field('Email'), 'a')
    form.remove()
    stop()
    document.body.innerHTML = oneField
    stop = observer.observe(query<HTMLFormElement>('form'))
    observer.enterStep('who', 1)
    query('[name=email]').dispatchEvent(new Event('input', { bubbles: true }))
    await tasks()
    expect(facts.map(({ fact, attemptId }) => `${fact} ${attemptId}`)).toEqual([
      'step attempt-1',
      'start attempt-1',
      'field attempt-1',
      'abandon attempt-1',
      'step attempt-2',
      'start attempt-2',
    ])
    expect(payloads('step')[1]).toMatchObject({ step_name: 'who', step_direction: 'forward' })
  })

  it.each([
    ['success', ['start', 'submit', 'success']],
    ['failure', ['start', 'submit', 'failure', 'abandon']],
  ] as const)('waits for a submission in flight when the form is closed early: %s', async (end, expected) => {
    const sent = deferred<void>()
    const form = observe(oneField, {}, () => sent.promise)
    await press('Send')
    form.remove()
    stop()
    await tasks()
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    expect(names()).toEqual(['start', 'submit'])
    if (end === 'success') sent.resolve()
    else observer.fail('http_500')
    await tasks()
    expect(names()).toEqual(expected)
  })

  it('is never said after an unknown outcome, and is after a known failure', async () => {
    const form = observe(oneField, {}, () => undefined)
    await press('Send')
    await tasks()
    await userEvent.type(field('Email'), 'a')
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    expect(names()).not.toContain('abandon')
    observer.fail()
    form.remove()
    stop()
    await tasks()
    expect(names().filter((fact) => fact === 'abandon')).toEqual(['abandon'])
  })

  it('is followed by `resume`, once, when the page comes back and the attempt goes on', async () => {
    observe(oneField)
    await userEvent.type(field('Email'), 'a')
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    expect(names()).toEqual(['start', 'abandon'])
    await userEvent.type(field('Email'), 'bc')
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    await userEvent.type(field('Email'), 'd')
    expect(
      facts.filter(({ fact }) => fact !== 'field').map(({ fact, attemptId }) => `${fact} ${attemptId}`),
    ).toEqual(['start attempt-1', 'abandon attempt-1', 'resume attempt-1'])
    expect(payloads('resume')).toEqual([
      { form_name: 'demo', form_id: '', seconds_since_start: expect.any(Number) },
    ])
  })
})

describe('a button that closes a dialog', () => {
  const inDialog = (form: string) => `<dialog open>${form}</dialog>`
  const fields = '<label>Email <input name="email"></label>'
  const cancel = '<button formmethod="dialog" formnovalidate>Cancel</button><button>Send</button>'

  it('is no submission: the started form is abandoned, and goes on when the dialog is opened again', async () => {
    const onSubmit = vi.fn()
    const form = observe(inDialog(`<form>${fields}${cancel}</form>`))
    form.addEventListener('submit', onSubmit)
    // What the test prevents for other forms would keep the dialog open.
    query('dialog').addEventListener('submit', () => query<HTMLDialogElement>('dialog').close())
    await userEvent.type(field('Email'), 'a')
    await press('Cancel')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'abandon']))
    expect(onSubmit).toHaveBeenCalledOnce()
    expect(payloads('abandon')).toMatchObject([{ last_field: 'email', fields_total: 1, fields_completed: 1 }])
    query<HTMLDialogElement>('dialog').show()
    await userEvent.type(field('Email'), 'b')
    expect(names()).toEqual(['start', 'field', 'abandon', 'resume'])
  })

  it('does nothing where the dialog stays, what its handler returns included', async () => {
    observe(inDialog(`<form>${fields}${cancel}</form>`), {}, async () => ({ ok: true }))
    await userEvent.type(field('Email'), 'a')
    await press('Cancel')
    await tasks()
    expect(names()).toEqual(['start', 'field'])
    await press('Send')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'submit', 'success']))
  })

  it('does nothing outside of a dialog, where the browser validates too', async () => {
    observe(
      '<form><label>Email <input name="email" required></label><button formmethod="dialog">Cancel</button></form>',
    )
    await press('Cancel')
    await tasks()
    expect(names()).toEqual([])
    await userEvent.type(field('Email'), 'a')
    await press('Cancel')
    await tasks()
    expect(names()).toEqual(['start', 'field'])
  })

  it('is the one with the value cancel in a form whose own method is dialog; any other submits', async () => {
    observe(
      inDialog(
        `<form method="dialog">${fields}<button value="cancel">No</button><button value="yes">Yes</button></form>`,
      ),
    )
    query('dialog').addEventListener('submit', () => query<HTMLDialogElement>('dialog').close())
    await userEvent.type(field('Email'), 'a')
    await press('No')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'abandon']))
    query<HTMLDialogElement>('dialog').show()
    await press('Yes')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'abandon', 'resume', 'submit']))
  })
})

describe('completion', () => {
  /** Fills in the email, and leaves the form. */
  async function fillAndLeave(html: string) {
    const form = observe(`<form><label>Email <input name="email"></label>${html}</form>`)
    await userEvent.type(field('Email'), 'a{Tab}')
    await vi.waitFor(() => expect(payloads('field')).toHaveLength(1))
    form.remove()
    stop()
    await vi.waitFor(() => expect(payloads('abandon')).toHaveLength(1))
    const [{ fields_total, fields_completed, completion_percent }] = payloads('abandon') as [
      FormFacts['abandon'],
    ]
    return {
      fields_total,
      fields_completed,
      completion_percent,
      at: payloads('field')[0]?.completion_percent,
    }
  }
  const all = { fields_total: 1, fields_completed: 1, completion_percent: 100, at: 100 }
  const half = { fields_total: 2, fields_completed: 1, completion_percent: 50, at: 50 }

  it.each([
    ['disabled', '<input name="other" disabled>'],
    ['in a disabled fieldset', '<fieldset disabled><input name="other"></fieldset>'],
    ['a hidden field', '<input name="other" type="hidden" value="x">'],
    ['with the attribute hidden', '<input name="other" hidden>'],
    ['without display', '<div style="display: none"><input name="other"></div>'],
    ['invisible', '<div style="visibility: hidden"><input name="other"></div>'],
    ['transparent', '<div style="opacity: 0"><input name="other" tabindex="-1"></div>'],
    ['off the page to the left', '<input name="other" style="position: absolute; left: -9999px">'],
    ['off the page above', '<div style="position: fixed; top: -5000px"><input name="other"></div>'],
    ['cut off', '<div style="height: 0; overflow: hidden"><input name="other"></div>'],
    ['tiny', '<input name="other" style="width: 1px; height: 1px; padding: 0; border: 0; margin: -1px">'],
    ['scaled away', '<input name="other" style="transform: scale(0)">'],
    ['clipped', '<input name="other" style="position: absolute; clip: rect(0, 0, 0, 0)">'],
    ['clipped by its path', '<div style="clip-path: inset(50%)"><input name="other"></div>'],
    ['fixed far to the right', '<input name="other" style="position: fixed; left: 99999px">'],
    ['text that is not edited', '<i contenteditable="false" id="other">Ada</i>'],
    ['hidden from assistive technology', '<p aria-hidden="true"><input name="other" tabindex="-1"></p>'],
    ['inert', '<p inert><input name="other"></p>'],
    ['a checkbox that is a trap', '<input name="other" type="checkbox" style="display: none" tabindex="-1">'],
    ['readonly', '<input name="other" readonly value="x">'],
    ['readonly text', '<textarea name="other" readonly></textarea>'],
    ['said to be read-only', '<input name="other" aria-readonly="true">'],
    ['a button', '<button type="button" name="other">Other</button><input type="submit" name="go">'],
  ])('leaves out a field that cannot be filled in: %s', async (_, html) => {
    expect(await fillAndLeave(html)).toEqual(all)
  })

  it.each([
    ['visible', '<input name="other">'],
    [
      'in the first legend of a disabled fieldset',
      '<fieldset disabled><legend><input name="other"></legend></fieldset>',
    ],
    ['below the viewport', '<div style="height: 9000px"></div><input name="other">'],
    [
      'a choice whose label is seen',
      '<label>Terms <input type="checkbox" name="other" style="opacity: 0"></label>',
    ],
    ['a file whose label is seen', '<label>File <input type="file" name="other" hidden></label>'],
    ['in a box without a box', '<div style="display: contents"><input name="other"></div>'],
  ])('counts a field that can be: %s', async (_, html) => {
    expect(await fillAndLeave(html)).toEqual(half)
  })

  it('counts a field that was scrolled out of view within the form', async () => {
    const scroller = 'style="height: 60px; overflow: auto"'
    const form = observe(
      `<form><div ${scroller}><label>Email <input name="email"></label><div style="height: 3000px"></div><label>Last <input name="last"></label></div></form>`,
    )
    form.firstElementChild?.scrollTo(0, 9000)
    await userEvent.type(field('Last'), 'a')
    form.firstElementChild?.scrollTo(0, 9000)
    query('[name=last]').blur()
    await vi.waitFor(() => expect(payloads('field')).toMatchObject([{ completion_percent: 50 }]))
  })

  it('keeps what was filled in while the application disables and resets it, until the answer has come', async () => {
    const answers = [{ ok: false }, { ok: true }]
    const form = observe(
      '<form><fieldset><label>Email <input name="email"></label><input name="other"></fieldset><button>Send</button></form>',
      {},
      async () => {
        query<HTMLFieldSetElement>('fieldset').disabled = true
        await request()
        const answer = answers.shift()
        if (answer?.ok) form.reset()
        query<HTMLFieldSetElement>('fieldset').disabled = false
        return answer
      },
    )
    await userEvent.type(field('Email'), 'a')
    await press('Send')
    await vi.waitFor(() => expect(names()).toEqual(['start', 'field', 'submit', 'failure']))
    await press('Send')
    await vi.waitFor(() => expect(names()).toContain('success'))
    expect(payloads('success')).toMatchObject([
      { fields_total: 2, fields_completed: 1, completion_percent: 50 },
    ])
  })

  it('starts again with a reset, unless the reset is prevented', async () => {
    const form = observe(
      '<form><label>Email <input name="email"></label><label>Name <input name="name"></label><button type="reset">Reset</button></form>',
    )
    await userEvent.type(field('Email'), 'a{Tab}')
    await vi.waitFor(() => expect(payloads('field')).toMatchObject([{ completion_percent: 50 }]))
    form.addEventListener('reset', (event) => event.preventDefault(), { once: true })
    await press('Reset')
    await userEvent.type(field('Name'), 'a')
    await press('Reset')
    await userEvent.type(field('Email'), 'b{Tab}')
    await vi.waitFor(() => expect(payloads('field')).toHaveLength(3))
    expect(payloads('field').map(({ completion_percent }) => completion_percent)).toEqual([50, 100, 50])
    form.reset()
    form.remove()
    stop()
    await vi.waitFor(() => expect(payloads('abandon')).toHaveLength(1))
    expect(payloads('abandon')).toMatchObject([
      { fields_total: 2, fields_completed: 0, completion_percent: 0 },
    ])
  })
})

/** A page of its own, which observes its form by itself and may be left: the facts outlive it here. */
async function openPage(html: string, script = '', host: Window = window) {
  const frame = host.document.createElement('iframe')
  const left = vi.fn()
  Object.assign(host, { report: (fact: FormReport) => facts.push(structuredClone(fact)), left })
  const ready = new Promise((resolve) => Object.assign(host, { ready: resolve }))
  frame.srcdoc = `${html}<script type="module">
    import { createFormObserver } from '/src/triggers/form.ts'
    import { trackAction } from '/src/triggers/handler-call.ts'
    const form = document.querySelector('form')
    const observer = createFormObserver({ name: 'demo', newId: () => 'a' }, parent.report)
    window.stopObserving = observer.observe(form)
    ${script}
    addEventListener('pagehide', () => parent.left())
    parent.ready()
  </script>`
  host.document.body.append(frame)
  await ready
  const view = frame.contentWindow as Window & typeof globalThis
  const input = view.document.querySelector('input')
  const type = () => input?.dispatchEvent(new view.InputEvent('input', { bubbles: true }))
  const { stopObserving } = view as unknown as { readonly stopObserving: () => void }
  const click = () => view.document.querySelector('button')?.click()
  return { frame, view, type, left, click, stopObserving }
}

describe('a page that is really left', () => {
  const post =
    '<form method="post" action="/left?secret=1"><input name="email" value="a"><button>Send</button></form>'

  it('by the submission: navigated, and no abandon', async () => {
    const { click, type, left } = await openPage(post)
    type()
    click()
    await vi.waitFor(() => expect(left).toHaveBeenCalled(), 5000)
    await tasks()
    expect(names()).toEqual(['start', 'submit'])
    expect(payloads('submit')).toMatchObject([{ navigated: true, form_destination: '/left' }])
  })

  it('in the very task of the submission: the fact is not lost', async () => {
    const { click, frame } = await openPage(post)
    click()
    frame.remove()
    await tasks()
    expect(names()).toEqual(['start', 'submit'])
  })

  it('by a link, while a started form waits: abandon', async () => {
    const { view, type, left } = await openPage(post)
    type()
    view.location.href = '/elsewhere'
    await vi.waitFor(() => expect(left).toHaveBeenCalled(), 5000)
    expect(names()).toEqual(['start', 'abandon'])
  })

  it.each([
    ['says so', ''],
    ['does not say what has caused a navigation', 'delete NavigateEvent.prototype.sourceElement'],
  ])('by a script that sends the form, where the browser %s: navigated, and no abandon', async (_, setUp) => {
    const { view, type, left } = await openPage(post, setUp)
    type()
    // Fires `formdata` as well.
    new view.FormData(view.document.forms[0])
    view.document.forms[0]?.submit()
    await vi.waitFor(() => expect(left).toHaveBeenCalled(), 5000)
    await tasks()
    expect(names()).toEqual(['start', 'submit'])
    expect(payloads('submit')).toMatchObject([{ navigated: true, form_destination: '/left' }])
  })

  it.each(['', 'src="/elsewhere"', 'srcdoc="empty"'])(
    'by a script that sends the form to a frame with %s: a submission, once, and the page stays',
    async (source) => {
      const { view, type, left } = await openPage(
        `<iframe name="pane" ${source}></iframe>${post.replace('<form', '<form target="pane"')}`,
      )
      const pane = view.document.querySelector('iframe')
      type()
      const arrived = new Promise((resolve) => pane?.addEventListener('load', resolve))
      view.document.forms[0]?.submit()
      await arrived
      await tasks()
      expect(left).not.toHaveBeenCalled()
      expect(names()).toEqual(['start', 'submit'])
      expect(payloads('submit')).toMatchObject([{ navigated: false, form_destination: '/left' }])
    },
  )

  describe('a frame of another origin', () => {
    /** The page has a form whose target the frame is. */
    async function openPane() {
      const target = post.replace('<form', '<form target="pane"')
      const opened = await openPage(`<iframe name="pane" sandbox srcdoc="empty"></iframe>${target}`)
      const { document: inner } = opened.view
      const pane = inner.querySelector('iframe') as HTMLIFrameElement
      // Of its own origin, and empty, until it has loaded.
      await vi.waitFor(() => expect(() => pane.contentWindow?.document).toThrow())
      const arrived = () => new Promise((resolve) => pane.addEventListener('load', resolve, { once: true }))
      return { ...opened, pane, arrived, form: inner.forms[0] as HTMLFormElement }
    }

    it('receives what a script sends: a submission, once, whose outcome is unknown', async () => {
      const { type, arrived, form, left } = await openPane()
      type()
      const loaded = arrived()
      form.submit()
      await loaded
      await tasks()
      expect(left).not.toHaveBeenCalled()
      expect(names()).toEqual(['start', 'submit'])
      expect(payloads('submit')).toMatchObject([{ navigated: false, form_destination: '/left' }])
    })

    it('receives it while the form gives way to its thanks: no abandonment', async () => {
      const { type, arrived, form, stopObserving } = await openPane()
      type()
      const loaded = arrived()
      form.submit()
      form.remove()
      stopObserving()
      await loaded
      await tasks()
      expect(names()).toEqual(['start', 'submit'])
    })

    it('may load something else after the data was saved: no submission', async () => {
      const { type, arrived, form, pane, view } = await openPane()
      type()
      const loaded = arrived()
      new view.FormData(form)
      pane.setAttribute('srcdoc', 'other')
      await loaded
      await tasks()
      expect(names()).toEqual(['start'])
    })

    it('receives what a button sends: a submission, once', async () => {
      const { type, arrived, click, form, view } = await openPane()
      type()
      new view.FormData(form)
      const loaded = arrived()
      click()
      await loaded
      await tasks()
      expect(names()).toEqual(['start', 'submit'])
    })
  })

  it.each(['', 'srcdoc="page"'])(
    'by a script that sends the form to the page around it, with %s: navigated',
    async (source) => {
      document.body.innerHTML = `<iframe ${source}></iframe>`
      const around = query<HTMLIFrameElement>('iframe')
      if (source) await new Promise((resolve) => around.addEventListener('load', resolve))
      const html = post.replace('<form', '<form target="_parent"')
      const { view, type, left } = await openPage(html, '', around.contentWindow as Window)
      type()
      view.document.forms[0]?.submit()
      await vi.waitFor(() => expect(left).toHaveBeenCalled(), 5000)
      await tasks()
      expect(names()).toEqual(['start', 'submit'])
      expect(payloads('submit')).toMatchObject([{ navigated: true, form_destination: '/left' }])
    },
  )

  it.each([
    ['says so', ''],
    ['does not say what has caused a navigation', 'delete NavigateEvent.prototype.sourceElement'],
  ])('by a link just after its data was saved, where the browser %s: abandon', async (_, setUp) => {
    const { view, type, left } = await openPage(`${post}<a href="/elsewhere">Go</a>`, setUp)
    type()
    const link = view.document.querySelector('a')
    link?.addEventListener('click', () => new view.FormData(view.document.forms[0]))
    link?.click()
    await vi.waitFor(() => expect(left).toHaveBeenCalled(), 5000)
    await tasks()
    expect(names()).toEqual(['start', 'abandon'])
  })

  it('long after its data was saved: no listener stays', async () => {
    const { view, type } = await openPage(post, 'delete NavigateEvent.prototype.sourceElement')
    const counted = countListeners([view])
    type()
    new view.FormData(view.document.forms[0])
    expect(counted.kept).toEqual(['beforeunload', 'click'])
    await vi.waitFor(() => expect(counted.kept).toEqual([]))
    counted.restore()
  })

  it('while the promise was just kept: the success is not lost', async () => {
    const { click, frame } = await openPage(
      post,
      `form.addEventListener('submit', (event) => {
        event.preventDefault()
        trackAction(async () => ({ ok: true }), (answering) => {
          observer.submitted(answering)
          answering.then(() => parent.submitted())
        })()
      })`,
    )
    const submitted = new Promise((resolve) => Object.assign(window, { submitted: () => resolve(0) }))
    click()
    await submitted
    frame.remove()
    expect(names()).toEqual(['start', 'submit', 'success'])
  })
})

describe('a guest', () => {
  it('never reads what a field holds, and neither prevents nor changes anything', async () => {
    const form = observe(
      `<form><label>Email <input name="email" required></label><label>Password <input type="password" name="password"></label>
      <label>Terms <input type="checkbox" name="terms"></label><select name="tier" aria-label="Tier"><option>pro<option>team</select>
      <textarea name="story" aria-label="Story"></textarea><button>Send</button></form>`,
      {},
      request,
    )
    const read = vi.fn()
    const controls = form.querySelectorAll<HTMLInputElement>('input, select, textarea')
    for (const control of controls) {
      for (const property of [
        'value',
        'checked',
        'defaultValue',
        'files',
        'selectedIndex',
        'selectedOptions',
        'valueAsNumber',
      ]) {
        Object.defineProperty(control, property, { get: () => read(property), configurable: true })
      }
    }
    const data = vi.spyOn(window, 'FormData')
    const prevented = vi.spyOn(Event.prototype, 'preventDefault')
    const submits = vi.spyOn(HTMLFormElement.prototype, 'submit')
    const mutations: MutationRecord[] = []
    const watch = new MutationObserver((records) => mutations.push(...records))
    watch.observe(document, { attributes: true, childList: true, subtree: true })
    await press('Send')
    for (const control of controls) {
      control.focus()
      for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }))
      control.blur()
    }
    Reflect.deleteProperty(controls[0] as HTMLInputElement, 'value')
    await userEvent.type(field('Email'), 'ada@example.com{Enter}')
    await vi.waitFor(() => expect(names()).toContain('success'))
    watch.disconnect()
    expect(names()).toEqual(expect.arrayContaining(['start', 'failure', 'field', 'submit']))
    expect(read).not.toHaveBeenCalled()
    expect(data).not.toHaveBeenCalled()
    expect(submits).not.toHaveBeenCalled()
    // The test's own handler.
    expect(prevented).toHaveBeenCalledTimes(1)
    expect(mutations).toEqual([])
    expect(JSON.stringify(facts)).not.toContain('ada@')
    vi.restoreAllMocks()
  })

  it('removes every listener that it added, and stops twice without harm', async () => {
    const { kept, restore } = countListeners([window, document, HTMLFormElement.prototype])
    document.body.innerHTML = oneField
    const form = query<HTMLFormElement>('form')
    observer = createFormObserver({ name: 'demo', newId: () => 'a' }, (fact) => facts.push(fact))
    stop = observer.observe(form)
    const observing = [...kept]
    stop()
    stop()
    stop = observer.observe(form)
    query('input').dispatchEvent(new Event('input', { bubbles: true }))
    stop()
    await tasks()
    const hidden = [...kept]
    form.remove()
    stop()
    await tasks()
    restore()
    expect(observing).toEqual([
      'beforeinput',
      'input',
      'change',
      'click',
      'pointerdown',
      'pointerup',
      'keydown',
      'keyup',
      'focusin',
      'focusout',
      'invalid',
      'submit',
      'reset',
      'formdata',
      'pagehide',
    ])
    expect(hidden).toEqual(['pagehide'])
    expect(kept).toEqual([])
    expect(names()).toEqual(['start', 'abandon'])
  })
})

/** Types of the listeners that are on: as in the browser, one that is added twice counts once. */
function countListeners(targets: EventTarget[]) {
  const kept: string[] = []
  const listeners: unknown[] = []
  const restore: (() => void)[] = []
  for (const target of targets) {
    const { addEventListener, removeEventListener } = target
    const find = (type: string, listener: unknown) =>
      listeners.findIndex((one, index) => one === listener && kept[index] === type)
    target.addEventListener = function (this: EventTarget, type, listener, options) {
      if (find(type, listener) < 0) {
        kept.push(type)
        listeners.push(listener)
      }
      addEventListener.call(this, type, listener, options)
    }
    target.removeEventListener = function (this: EventTarget, type, listener, options) {
      const index = find(type, listener)
      if (index >= 0) {
        kept.splice(index, 1)
        listeners.splice(index, 1)
      }
      removeEventListener.call(this, type, listener, options)
    }
    restore.push(() => Object.assign(target, { addEventListener, removeEventListener }))
  }
  return { kept, restore: () => restore.forEach((one) => one()) }
}

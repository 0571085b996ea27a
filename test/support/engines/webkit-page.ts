import type { WebKitSession } from './webkit-session.ts'

const PATIENCE_MS = 60_000
const EVERY_MS = 50

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

type InPage<A, T> = string | ((given: A) => T | Promise<T>)

interface Answer {
  readonly value?: unknown
  readonly error?: string
}

/** Begins a function in the page. The answer comes at once, or is asked for with `ANSWER`. */
const BEGIN = `
  const [id, given] = arguments
  const text = (error) => String((error && error.stack) || error)
  try {
    const value = (SCRIPT)(given)
    if (!(value && typeof value.then === 'function')) return { value: value ?? null }
    const answers = (globalThis.engineAnswers ??= {})
    value.then((found) => (answers[id] = { value: found ?? null }), (error) => (answers[id] = { error: text(error) }))
  } catch (error) {
    return { error: text(error) }
  }
  return null`

const ANSWER = `
  if (!globalThis.engineAnswers) return { error: 'The page was left before it answered.' }
  const answer = engineAnswers[arguments[0]] ?? null
  delete engineAnswers[arguments[0]]
  return answer`

const keys: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  Backspace: '\uE003',
  Delete: '\uE017',
  End: '\uE010',
  Home: '\uE011',
  PageDown: '\uE00F',
  PageUp: '\uE00E',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Space: ' ',
}

interface RoleQuery {
  readonly role: string
  readonly name?: string | undefined
  readonly exact?: boolean | undefined
}

/** By a selector, or by role and name as Playwright's `getByRole` has them: also in shadow roots, and only what is shown. */
function findInPage(query: string | RoleQuery): Element[] {
  if (typeof query === 'string') return [...document.querySelectorAll(query)]
  const implicit: Readonly<Record<string, string>> = {
    button: 'button',
    'a[href]': 'link',
    'input[type=search]': 'searchbox',
    'input[type=checkbox]': 'checkbox',
    'input[type=radio]': 'radio',
    textarea: 'textbox',
    'input:not([type]), input[type=text]': 'textbox',
    article: 'article',
  }
  const roleOf = (element: Element) =>
    element.getAttribute('role') ??
    Object.entries(implicit).find(([selector]) => element.matches(selector))?.[1]
  const plain = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()
  const nameOf = (element: Element) => {
    const by = element.getAttribute('aria-labelledby')
    const root = element.getRootNode() as Document | ShadowRoot
    const labels = (element as HTMLInputElement).labels
    if (by)
      return plain(
        by
          .split(' ')
          .map((id) => root.getElementById(id)?.textContent)
          .join(' '),
      )
    return plain(element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent)
  }
  const fits = (found: string) =>
    query.name === undefined ||
    (query.exact ? found === query.name : found.toLowerCase().includes(query.name.toLowerCase()))
  const within = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      ...(roleOf(element) === query.role && element.checkVisibility() && fits(nameOf(element))
        ? [element]
        : []),
      ...(element.shadowRoot ? within(element.shadowRoot) : []),
    ])
  return within(document)
}

let calls = 0

/** A tab of WebKitGTK with the part of Playwright's `Page` that the tests of all engines use. */
export function webkitPage(session: WebKitSession, handle: string) {
  let closed = false

  const script = (source: string, ...given: (string | object | null)[]) =>
    session.inTab(handle, (commands) => commands.executeScript(source, given)) as Promise<Answer | null>

  /** Other tabs have their turns while the page thinks: tests race them. */
  async function evaluate<T, A = undefined>(run: InPage<A, T>, given?: A): Promise<T> {
    const id = `answer ${calls++}`
    const source = typeof run === 'string' ? `() => (${run})` : String(run)
    let answer = await script(
      BEGIN.replace('SCRIPT', () => source),
      id,
      (given ?? null) as object | null,
    )
    for (const until = Date.now() + 2 * PATIENCE_MS; !answer; ) {
      if (Date.now() > until) throw new Error(`No answer to ${source}`)
      await wait(EVERY_MS / 5)
      answer = await script(ANSWER, id)
    }
    if (answer.error !== undefined) throw new Error(answer.error)
    // Playwright gives undefined where JSON has null.
    return (answer.value ?? undefined) as T
  }

  /** Asks until the answer is true; while the page changes, there is none. */
  async function until(ask: () => Promise<unknown>, what: string): Promise<void> {
    let news: unknown = 'the answer was false'
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(EVERY_MS)) {
      try {
        if (await ask()) return
      } catch (error) {
        news = error
      }
    }
    throw new Error(`Waited in vain for ${what}: ${news}`)
  }

  const url = () => session.inTab(handle, (commands) => commands.getUrl())
  const press = (chord: string) => {
    const names = chord.split('+').map((name) => keys[name] ?? name)
    const actions = [
      ...names.map((value) => ({ type: 'keyDown', value })),
      ...names.toReversed().map((value) => ({ type: 'keyUp', value })),
    ]
    return act([{ type: 'key', id: 'keyboard', actions }])
  }
  const act = (actions: object[]) =>
    session.inTab(handle, async (commands) => {
      await commands.performActions(actions)
    })
  const pointer = (...actions: readonly object[]) =>
    act([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [...actions] }])
  const moveTo = (x: number, y: number) => ({
    type: 'pointerMove',
    duration: 20,
    x: Math.round(x),
    y: Math.round(y),
    origin: 'viewport',
  })

  /** Asks the elements that the query finds now. */
  const ask = <T>(query: string | RoleQuery, question: (found: HTMLElement[]) => T): Promise<T> =>
    evaluate<T>(`(${question})((${findInPage})(${JSON.stringify(query)}))`)

  const isThere = (query: string | RoleQuery) =>
    until(() => ask(query, (found) => found.length === 1), JSON.stringify(query))

  /** The middle of the only element that matches, once there is one. */
  async function placeOf(query: string | RoleQuery): Promise<{ readonly x: number; readonly y: number }> {
    await isThere(query)
    return ask(query, ([element]) => {
      element?.scrollIntoView({ block: 'center', inline: 'center' })
      const { left, top, width, height } = element?.getBoundingClientRect() ?? new DOMRect()
      return { x: left + width / 2, y: top + height / 2 }
    })
  }

  const clickElement = (css: string) =>
    session.inTab(handle, async (commands) => {
      const element = await commands.findElement('css selector', css)
      await commands.elementClick(Object.values(element)[0] as string)
    })

  const locator = (query: string | RoleQuery) => ({
    click: async () => {
      const { x, y } = await placeOf(query)
      if (typeof query === 'string') return clickElement(query)
      const button = { button: 0 }
      await pointer(moveTo(x, y), { type: 'pointerDown', ...button }, { type: 'pointerUp', ...button })
    },
    hover: async () => {
      const { x, y } = await placeOf(query)
      await pointer(moveTo(x, y))
    },
    focus: async () => {
      await isThere(query)
      await ask(query, ([element]) => element?.focus())
    },
    waitFor: () => isThere(query),
    count: () => ask(query, (found) => found.length),
    textContent: () => ask(query, ([element]) => element?.textContent),
    getAttribute: (name: string) =>
      evaluate<string | null>(
        `(${findInPage})(${JSON.stringify(query)})[0]?.getAttribute(${JSON.stringify(name)})`,
      ),
  })

  return {
    evaluate,
    isClosed: () => closed,
    goto: (address: string) =>
      session.inTab(handle, async (commands) => {
        await commands.navigateTo(address)
      }),
    reload: () => session.inTab(handle, async (commands) => void (await commands.refresh())),
    goBack: () => session.inTab(handle, async (commands) => void (await commands.back())),
    waitForFunction: <A>(run: InPage<A, unknown>, given?: A) =>
      until(() => evaluate(run, given), String(run)),
    waitForURL: (wanted: string | RegExp) => {
      const end = typeof wanted === 'string' ? wanted.replace(/^\*\*/, '') : wanted
      return until(async () => {
        const address = await url()
        return typeof end === 'string' ? address.endsWith(end) : end.test(address)
      }, String(wanted))
    },
    locator: (css: string) => locator(css),
    getByRole: (role: string, options: Omit<RoleQuery, 'role'> = {}) => locator({ role, ...options }),
    keyboard: {
      press,
      type: async (text: string) => {
        for (const character of text) await press(character)
      },
    },
    mouse: {
      move: (x: number, y: number) => pointer(moveTo(x, y)),
      wheel: (deltaX: number, deltaY: number) =>
        act([
          {
            type: 'wheel',
            id: 'wheel',
            actions: [{ type: 'scroll', x: 300, y: 300, deltaX, deltaY, origin: 'viewport', duration: 0 }],
          },
        ]),
    },
    bringToFront: () => session.inTab(handle, async () => {}),
    close: async (_options?: { readonly runBeforeUnload?: boolean }) => {
      if (closed) return
      closed = true
      await session.closeTab(handle)
    },
  }
}

export type WebKitPage = ReturnType<typeof webkitPage>

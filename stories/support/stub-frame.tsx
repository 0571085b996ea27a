interface StubFrameProps {
  readonly title: string
  /** Text of each button, and the message that it sends to the page, as the service's page would. */
  readonly messages: Readonly<Record<string, object>>
}

/** Stands for the page of a service, which no story reaches: its buttons send what that page sends. */
export function StubFrame({ title, messages }: StubFrameProps) {
  const buttons = Object.keys(messages).map((text) => `<button>${text}</button>`)
  const script = `
    const messages = ${JSON.stringify(messages).replaceAll('<', '\\u003c')}
    for (const button of document.querySelectorAll('button'))
      button.onclick = () => parent.postMessage(messages[button.textContent], '*')`
  const page = `<!doctype html><html lang="en"><title>${title}</title><body>${buttons.join(' ')}<script>${script}</script></body></html>`
  return <iframe title={title} srcDoc={page} width="400" height="80" />
}

/** Returns a button in the stub, once it is there. */
export function stubButton(canvasElement: HTMLElement, text: string): HTMLButtonElement {
  const buttons = canvasElement.querySelector('iframe')?.contentDocument?.querySelectorAll('button') ?? []
  const found = [...buttons].find(({ textContent }) => textContent === text)
  if (!found) throw new Error(`The frame has no button "${text}" yet.`)
  return found
}

/** The origin of the stub. */
export const stubOrigins = [location.origin]

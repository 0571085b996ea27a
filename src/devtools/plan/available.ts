/** Events that a component can report, as it describes itself. */
export interface AboutReporter {
  readonly component: string
  readonly events: Readonly<Record<string, string | undefined>>
}

export interface UnwantedFacts {
  readonly component: string
  readonly facts: readonly string[]
  readonly elements: number
}

/** Returns facts that components on this page observe, but that fire no event. */
export function unwantedFacts(reporters: readonly AboutReporter[]): readonly UnwantedFacts[] {
  const found = new Map<string, { readonly facts: Set<string>; elements: number }>()
  for (const { component, events } of reporters) {
    const unwanted = Object.keys(events).filter((fact) => events[fact] === undefined)
    if (unwanted.length === 0) continue
    const { facts, elements } = found.get(component) ?? { facts: new Set<string>(), elements: 0 }
    for (const fact of unwanted) facts.add(fact)
    found.set(component, { facts, elements: elements + 1 })
  }
  return [...found].map(([component, { facts, elements }]) => ({ component, facts: [...facts], elements }))
}

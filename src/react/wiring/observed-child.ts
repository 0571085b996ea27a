import type { Ref, RefCallback } from 'react'
import { type Given, ObservedInPage, type ObservedKind, type ObservedOptions } from './observed-in-page.ts'
import { fillRef } from './render-element.ts'

type AreEqual<Options> = (one: Options, other: Options) => boolean

/** One render. It is committed when React calls its ref. */
interface Rendered<Options> {
  readonly given: Given<Options>
  readonly outer: Ref<Element>
  readonly inner: Ref<Element>
  readonly ref: RefCallback<Element>
}

interface Filled {
  readonly element: Element
  readonly outer: Ref<Element>
  readonly inner: Ref<Element>
  readonly empty: readonly (() => void)[]
}

/**
 * Observes the child of a component through a ref that also carries the props of the render. React calls refs during
 * the commit, which saves an effect. A new ref is returned only if something has changed, and even then the
 * application's own refs are not called again.
 */
export class ObservedChild<Options extends ObservedOptions, Memory extends object> extends ObservedInPage<
  Options,
  Memory
> {
  /** The last render, which React may have discarded. */
  #rendered: Rendered<Options> | undefined
  #isAttached = false
  #filled: Filled | undefined
  readonly #areEqual: AreEqual<Options>

  constructor(kind: ObservedKind<Options, Memory>, areEqual: AreEqual<Options>) {
    super(kind)
    this.#areEqual = areEqual
  }

  refFor(given: Given<Options>, outer: Ref<Element>, inner: Ref<Element>): RefCallback<Element> {
    const last = this.#rendered
    if (last && last.outer === outer && last.inner === inner && this.#isEqual(last.given, given)) {
      // Equal except for the children: replaced, so that children of an earlier render are not kept in memory.
      last.given.options = given.options
      return last.ref
    }
    const rendered: Rendered<Options> = {
      given,
      outer,
      inner,
      ref: (element) => (element ? this.#enter(element, rendered) : this.#leave(rendered)),
    }
    this.#rendered = rendered
    return rendered.ref
  }

  #isEqual(one: Given<Options>, other: Given<Options>): boolean {
    return (
      one.tracker === other.tracker &&
      one.scope === other.scope &&
      one.rendering === other.rendering &&
      this.#areEqual(one.options, other.options)
    )
  }

  #enter(element: Element, rendered: Rendered<Options>): void {
    this.#isAttached = true
    this.give(rendered.given)
    this.attach(element)
    this.#fill(element, rendered)
  }

  #fill(element: Element, { outer, inner }: Rendered<Options>): void {
    if (!outer && !inner && !this.#filled) return
    const filled = this.#filled
    if (filled?.element === element && filled.outer === outer && filled.inner === inner) return
    this.#empty()
    const refs = [outer, inner].filter((ref) => ref !== null)
    if (refs.length > 0)
      this.#filled = { element, outer, inner, empty: refs.map((ref) => fillRef(ref, element)) }
  }

  #leave(rendered: Rendered<Options>): void {
    this.#isAttached = false
    this.attach(null)
    if (rendered === this.#rendered) this.#empty()
    // The ref of a later render follows in this commit, unless React has discarded that render.
    else if (this.#filled) void Promise.resolve().then(() => this.#isAttached || this.#empty())
  }

  #empty(): void {
    const filled = this.#filled
    this.#filled = undefined
    filled?.empty.forEach((empty) => empty())
  }
}

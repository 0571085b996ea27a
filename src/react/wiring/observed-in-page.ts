import type { Properties } from '../../engine/pipeline/occurrence.ts'
import type { AnyTracker } from '../../engine/tracker-api.ts'
import { contain } from '../../triggers/contained.ts'
import { createReport } from './create-report.ts'
import { overlayPort } from './overlay-port.ts'
import { type Pages, pagesOf } from './pages.ts'
import type { Rendering } from './rendering.ts'
import type { FactOptions, Report, Reporter } from './report.ts'

type Stop = (pageEnds?: boolean) => void

export interface ObservedOptions extends Omit<FactOptions, 'component'> {
  readonly name: string
}

/** Describes what a component observes. */
export interface ObservedKind<Options extends ObservedOptions, Memory extends object> {
  readonly component: string
  readonly standard: Readonly<Record<string, string>>
  /** Returns false if the options describe another subject, which begins with an empty memory. */
  readonly isSame: (one: Options, other: Options) => boolean
  /** Starts a trigger. Returns a function that stops it. */
  readonly observe: (element: Element, observing: Observing<Options>, memory: Partial<Memory>) => Stop
}

/**
 * Options and report that a trigger reads. An object without functions of its own, because a page may have thousands of
 * them.
 */
export interface Observing<Options> {
  /** Newest options of the same subject. */
  readonly options: Options
  /** Created on first access. */
  readonly report: Report
}

/** Values that one render of a component provides. */
export interface Given<Options> {
  readonly tracker: AnyTracker
  readonly scope: Properties
  /** Only ever replaced by equal options. */
  options: Options
  readonly rendering: Rendering | undefined
}

/** Observation of one subject, across elements and pages. */
class Observation<Options extends ObservedOptions, Memory extends object> implements Observing<Options> {
  readonly #kind: ObservedKind<Options, Memory>
  #given: Given<Options>
  #report: Report | undefined
  #memory: Partial<Memory> = {}
  /** Page scope that the memory belongs to. */
  #page = 0
  #stop: Stop | undefined
  #forget: (() => void) | undefined

  constructor(kind: ObservedKind<Options, Memory>, given: Given<Options>) {
    this.#kind = kind
    this.#given = given
  }

  get options(): Options {
    return this.#given.options
  }

  get report(): Report {
    this.#report ??= createReport(this)
    return this.#report
  }

  get current(): Reporter {
    const { tracker, scope, options, rendering } = this.#given
    const { component, standard } = this.#kind
    const { name, events, properties } = options
    const memory = this.#memory
    return { tracker, scope, component, standard, name, events, properties, options, memory, rendering }
  }

  /**
   * Takes the values of a new render. Returns false and keeps the old ones if they describe another subject: pending
   * reports still need them.
   */
  take(given: Given<Options>): boolean {
    const isSame = this.#kind.isSame(given.options, this.options)
    if (isSame) this.#given = given
    return isSame
  }

  start(element: Element, page: number): void {
    if (this.#page !== page) this.#memory = {}
    this.#page = page
    this.#forget = overlayPort()?.add(element, this.report)
    this.#stop = this.#kind.observe(element, this, this.#memory)
  }

  stop(pageEnds: boolean): void {
    this.#forget?.()
    contain(this.failed, () => this.#stop?.(pageEnds))
    this.#stop = undefined
  }

  readonly failed = (error: unknown): void => this.report.failed(error)
}

/**
 * Observers whose ref was detached in this commit. A ref that was only replaced is attached again by the end of the
 * commit.
 */
let left: { follow: () => void }[] = []

function followLater(observed: { follow: () => void }): void {
  left.push(observed)
  if (left.length > 1) return
  void Promise.resolve().then(() => {
    const all = left
    left = []
    for (const each of all) each.follow()
  })
}

/**
 * Observes an element for a component, and counts by page. A new page scope or another subject begins with an empty
 * memory; StrictMode, Activity and Suspense keep it. An inline ref or StrictMode may detach and attach the same element
 * within one commit, which does not restart the observation. An error in a trigger goes to the record and never reaches
 * React, which would unmount the application.
 */
export class ObservedInPage<Options extends ObservedOptions, Memory extends object> {
  readonly #kind: ObservedKind<Options, Memory>
  #given: Given<Options> | undefined
  #attached: Element | null = null
  #observed: Element | null = null
  #observation: Observation<Options, Memory> | undefined
  #pages: Pages | undefined

  constructor(kind: ObservedKind<Options, Memory>) {
    this.#kind = kind
  }

  /** Takes the values of a committed render. */
  give(given: Given<Options>): void {
    this.#given = given
    if (this.#observed && this.#observation?.take(given) === false) followLater(this)
  }

  /** Takes the element that a commit attached, or null. */
  attach(element: Element | null): void {
    this.#attached = element
    if (element) this.follow()
    else followLater(this)
  }

  /** Observes the element that is attached now. */
  follow(): void {
    if (this.#observed !== this.#attached) {
      this.#end(false)
      this.#begin(this.#attached)
    } else if (this.#given && this.#observation?.take(this.#given) === false) this.restart()
  }

  /** Ends the current observation and begins a new one. */
  restart(): void {
    this.#end(true)
    this.#begin(this.#observed)
  }

  #begin(element: Element | null): void {
    const given = this.#given
    this.#observed = element
    if (!element || !given) return
    if (!this.#observation?.take(given)) this.#observation = new Observation(this.#kind, given)
    const observation = this.#observation
    contain(observation.failed, () => {
      this.#pages = pagesOf(given.tracker)
      this.#pages.live.add(this)
      observation.start(element, this.#pages.ended)
    })
  }

  #end(pageEnds: boolean): void {
    this.#pages?.live.delete(this)
    this.#observation?.stop(pageEnds)
  }
}

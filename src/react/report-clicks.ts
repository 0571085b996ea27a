import type { MouseEvent, MouseEventHandler } from 'react'
import { attempt } from '../support/attempt.ts'
import { type NotedUse, noteUse } from '../triggers/clicks.ts'
import { contain } from '../triggers/contained.ts'
import type { Fact, Report } from './report.ts'

interface ClickHandlers<E extends Element> {
  /** On the way down: notes the click before a handler can hide it. */
  readonly capture: MouseEventHandler<E>
  /** On the way up: calls the consumer's handler, then reports the click, also when that handler throws. */
  readonly bubble: MouseEventHandler<E>
}

interface ConsumerHandlers<E extends Element> {
  readonly capture?: MouseEventHandler<E> | undefined
  readonly bubble?: MouseEventHandler<E> | undefined
}

interface Note extends NotedUse {
  readonly click: Event | undefined
}

/** The newest click of each watched element. */
const notes = new WeakMap<Report, Note>()

/** Handlers that report each click once. `read` tells what the click means; undefined: nothing. */
export function reportClicks<E extends Element>(
  report: Report,
  read: (event: MouseEvent<E>) => Fact | undefined,
  consumer: ConsumerHandlers<E>,
): ClickHandlers<E> {
  const note = (event: MouseEvent<E>) => contain(report.failed, () => noteOf(event))
  function noteOf(event: MouseEvent<E>): Note | undefined {
    const fact = isElsewhere(event) ? undefined : read(event)
    const use = fact && report.use(fact)
    if (!use) return undefined
    const click = clickOf(event)
    if (!click) return { click, isTaken: () => false, report: use.report }
    const noted = { click, ...noteUse(click, { ...use, watcher: event.currentTarget }) }
    notes.set(report, noted)
    return noted
  }
  return {
    capture(event) {
      note(event)
      consumer.capture?.(event)
    },
    bubble(event) {
      const click = clickOf(event)
      const noted = notes.get(report)
      notes.delete(report)
      const isNoted = noted && (click === undefined || click === noted.click)
      const use = isNoted ? noted : note(event)
      // Now: the handlers of the link itself, such as a router's, prevent the default and follow it.
      const isTaken = contain(report.failed, () => use?.isTaken())
      try {
        consumer.bubble?.(event)
      } finally {
        if (!isTaken) use?.report()
      }
    },
  }
}

/** Undefined: a component between the element and us made an event of its own, or gave none. */
const clickOf = (event: MouseEvent | undefined) => event?.nativeEvent as Event | undefined

/** React also hands up clicks in portals, such as those of a dialog that the link opens. */
function isElsewhere(event: MouseEvent | undefined): boolean {
  const path = attempt(() => clickOf(event)?.composedPath())
  // The path is of the moment of the click: a handler may have removed the clicked node since.
  return path !== undefined && path.length > 0 && !path.includes(event?.currentTarget as EventTarget)
}

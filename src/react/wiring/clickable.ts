'use client'

import type { MouseEvent, MouseEventHandler, ReactElement, Ref } from 'react'
import { jsx } from 'react/jsx-runtime'
import { arrivedUse, type NotedUse, noteUse } from '../../triggers/clicks.ts'
import { contain } from '../../triggers/contained.ts'
import { MAIN_BUTTON, MIDDLE_BUTTON, type readLink } from '../../triggers/links.ts'
import { type Place, usePlace } from '../context.ts'
import { createReport } from './create-report.ts'
import { type AnyProps, type Render, renderMerged, withPropsOf } from './render-element.ts'
import type { Fact, FactOptions, Report, Reporter } from './report.ts'

/** Describes a component that tracks clicks. */
export interface ClickableKind {
  readonly component: string
  readonly tag: 'a' | 'button'
  readonly standard?: Readonly<Record<string, string>>
  /** Reads the kind of a link. Omitted, and not bundled, where `event` is always given. */
  readonly read?: typeof readLink
}

type Handler = MouseEventHandler<never>

interface Handlers {
  /** Called before the event is reported. */
  onClick?: MouseEventHandler<never> | undefined
  /** Called for the middle button, before the event is reported. */
  onAuxClick?: MouseEventHandler<never> | undefined
  /** Called in the capture phase of a click. */
  onClickCapture?: MouseEventHandler<never> | undefined
  /** Called in the capture phase of the middle button. */
  onAuxClickCapture?: MouseEventHandler<never> | undefined
}

export interface ClickableProps extends Handlers, Omit<FactOptions, 'component'> {
  readonly event?: string | undefined
  /** Further domains that belong to this site. */
  readonly ownDomains?: readonly string[] | undefined
  readonly render?: Render<never> | undefined
}

/**
 * State of a clickable component in one render. Rendering creates only this object and the handlers; a click creates
 * the rest.
 */
interface Clickable {
  readonly kind: ClickableKind
  readonly place: Place
  readonly props: ClickableProps
  /** Report that an overlay inspects; undefined without an overlay. */
  readonly report: Report | undefined
  readonly ref: unknown
}

const used: Fact = { fact: 'click', payload: {} }

function reporterOf(kind: ClickableKind, place: Place, props: ClickableProps): Reporter {
  const { component, standard = {} } = kind
  const { event, events, properties } = props
  return {
    ...place,
    component,
    standard,
    properties,
    events: event === undefined ? events : { click: event },
  }
}

function factOf({ kind, props }: Clickable, button: number, event: MouseEvent | undefined): Fact | undefined {
  if ((event?.button ?? button) !== button) return undefined
  if (props.event !== undefined) return used
  return event?.currentTarget && kind.read?.(event.currentTarget, props)
}

/**
 * Returns the native click; undefined if a component between the element and this handler passed its own event, or
 * none.
 */
const clickOf = (event: MouseEvent | undefined) => event?.nativeEvent as Event | undefined

function note(clickable: Clickable, button: number, event: MouseEvent): NotedUse | undefined {
  const { kind, place, props, report = createReport({ current: reporterOf(kind, place, props) }) } = clickable
  return contain(report.failed, () => {
    const fact = factOf(clickable, button, event)
    const use = fact && report.use(fact)
    if (!use) return undefined
    const click = clickOf(event)
    const watcher = event?.currentTarget
    return click ? noteUse(click, { ...use, watcher }) : (arrivedUse(click, watcher, use) ?? use)
  })
}

/** Capture handler: notes the click before another handler can hide it. */
const down =
  (clickable: Clickable, button: number, handler: Handler | undefined): Handler =>
  (event) => {
    note(clickable, button, event)
    handler?.(event)
  }

/** Bubble handler: calls the application's handler, then reports the click, even if that handler throws. */
function arrive(event: MouseEvent, handler?: () => void, noteNow?: () => NotedUse | undefined): void {
  const use = arrivedUse(clickOf(event), event?.currentTarget) ?? noteNow?.()
  // Read before the handlers of the link itself run: a router's handler, for example, prevents the default and
  // navigates.
  use?.discardHandled?.()
  try {
    handler?.()
  } finally {
    use?.report()
  }
}

/**
 * Returns the bubble handler. For our own element React calls both handlers, so without an application handler all
 * elements share one function, which spares React a DOM call per render. A custom element may have ignored the capture
 * handler.
 */
const up = (clickable: Clickable, button: number, handler: Handler | undefined, isOurs: boolean): Handler =>
  isOurs && !handler
    ? (arrive as Handler)
    : (...given) =>
        arrive(given[0], handler && (() => handler(...given)), () => note(clickable, button, given[0]))

/** Adds our handlers, which call those of the application: `theirs`. */
function addHandlers(to: Handlers, clickable: Clickable, isOurs: boolean, theirs: Handlers = to): void {
  const { onClick, onClickCapture, onAuxClick, onAuxClickCapture } = theirs
  to.onClick = up(clickable, MAIN_BUTTON, onClick, isOurs)
  to.onClickCapture = down(clickable, MAIN_BUTTON, onClickCapture)
  if (clickable.kind.tag === 'button') return
  to.onAuxClick = up(clickable, MIDDLE_BUTTON, onAuxClick, isOurs)
  to.onAuxClickCapture = down(clickable, MIDDLE_BUTTON, onAuxClickCapture)
}

function useClicks<E extends Element>(kind: ClickableKind, props: ClickableProps, ref: Ref<E>): Clickable {
  const place = usePlace()
  const watched = place.overlay?.useReport(reporterOf(kind, place, props), ref)
  return { kind, place, props, report: watched?.report, ref: watched ? watched.ref : ref }
}

/** Returns handlers for an element that the application renders. */
export function useClickHandlers(kind: ClickableKind, props: ClickableProps): Handlers {
  const handlers: Handlers = {}
  addHandlers(handlers, useClicks(kind, props, null), false, props)
  return handlers
}

/**
 * Renders the element of a clickable component. Without an overlay it costs two or four functions and one context read.
 */
export function useClickable<E extends Element>(
  kind: ClickableKind,
  props: ClickableProps,
  forwarded: Ref<E>,
): ReactElement {
  const clickable = useClicks(kind, props, forwarded)
  const { ref } = clickable
  if (props.render || props.ownDomains) {
    const { event, events, properties, ownDomains, render, ...rest } = props
    // Merged first: a control inside the link takes the click before any handler of the link runs.
    const merged = withPropsOf(render, { ...rest, ref })
    addHandlers(merged, clickable, !render)
    return renderMerged(kind.tag, render, merged)
  }
  // Set to undefined rather than removed: creating an object without some keys is slower.
  const own: AnyProps = { ...props, event: undefined }
  if (props.properties) own['properties'] = undefined
  if (props.events) own['events'] = undefined
  if (ref) own['ref'] = ref
  addHandlers(own, clickable, true)
  // `createElement` would copy the props once more.
  return jsx(kind.tag, own)
}

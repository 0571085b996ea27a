import {
  around,
  attributeOf,
  attributeValue,
  fieldOf,
  functionAround,
  isFunction,
  moduleOf,
  type Node,
  nameOf,
  pathOf,
  tagOf,
  textOf,
} from './syntax.ts'

/** Returns whether `path` names this method, alone or of a tracker: `track`, `tracker.track`, `tracking.tracker.track`. */
function isMethod(path: readonly string[] | undefined, method: string): boolean {
  const object = path?.at(-2)
  return path?.at(-1) === method && (object === undefined || /tracker$/i.test(object))
}

const isLibrary = (module: string | undefined) => module?.startsWith('react-microconversions') ?? false

/** Returns whether a module is another package. Relative paths and aliases such as `@/plan` belong to the application. */
const isForeign = (module: string | undefined) =>
  module !== undefined && /^(?:[a-z0-9]|@[a-z])/i.test(module) && !isLibrary(module)

/** Returns whether a call is one of `track` or `tracker.track`. A `track` that is imported from another package is not. */
export function isTrackCall(node: Node): boolean {
  const path = pathOf(node.callee)
  return isMethod(path, 'track') && !isForeign(moduleOf(node, path?.[0] ?? ''))
}

/** Returns whether a call is one of `identify` or `tracker.identify`. */
export const isIdentifyCall = (node: Node) =>
  isMethod(pathOf(node.callee), 'identify') && !isForeign(moduleOf(node, pathOf(node.callee)?.[0] ?? ''))

/** Components whose clicks are events. */
const clickable = ['PricingLink', 'TrackedButton', 'TrackedLink']
const components = [
  ...clickable,
  ...['Impression', 'TrackedForm', 'TrackedScheduler', 'TrackingScope', 'VideoProgress'],
]

export const isClickable = (element: Node) => clickable.includes(tagOf(element) ?? '')
const isLibraryComponent = (element: Node) => components.includes(tagOf(element) ?? '')

/** Returns the names of the events that an element reports by `event` and `events`. */
export function eventsOf(element: Node | undefined): readonly string[] {
  const single = textOf(attributeValue(attributeOf(element, 'event')))
  const named = attributeValue(attributeOf(element, 'events'))?.properties ?? []
  return [single, ...named.map(({ value }) => textOf(value as Node))].filter((name) => name !== undefined)
}

/** An event handler in JSX: `onClick={() => …}`. */
export interface Handler {
  readonly name: string
  readonly fn: Node
  readonly element: Node
}

/** Returns the handler that directly contains a node; undefined if another function is in between. */
export function handlerAround(node: Node): Handler | undefined {
  const fn = functionAround(node)
  const attribute = fn && around(fn, ({ type }) => type !== 'JSXExpressionContainer')
  if (!fn || attribute?.type !== 'JSXAttribute') return undefined
  const element = around(attribute, ({ type }) => type === 'JSXElement')
  const name = nameOf(attribute) ?? ''
  return element && /^on[A-Z]/.test(name) ? { name, fn, element } : undefined
}

/**
 * Returns whether a node is in the properties of an event: the second argument of `track`, the attribute `properties` of a
 * component of this package, or `properties` of a hook's options.
 */
export function isInProperties(node: Node): boolean {
  let child = node
  for (let parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    if (parent.type === 'CallExpression' && parent.arguments?.[1] === child && isTrackCall(parent))
      return true
    if (parent.type === 'Property' && isOptionOfHook(parent)) return true
    if (parent.type === 'JSXAttribute' && nameOf(parent) === 'properties') {
      const element = parent.parent?.parent
      return element !== undefined && element !== null && isLibraryComponent(element)
    }
  }
  return false
}

/** Returns whether a property is `properties` in the options of a hook of this package: `useImpression({ properties })`. */
function isOptionOfHook(property: Node): boolean {
  const call = property.parent?.parent
  const hook = call?.type === 'CallExpression' ? (pathOf(call.callee)?.join('.') ?? '') : ''
  if (!call || nameOf(property) !== 'properties' || !/^use[A-Z]/.test(hook)) return false
  return isLibrary(moduleOf(call, hook))
}

/** Returns the value of a field in the options of a call, such as `consent` of `createTracker({ consent })`. */
export const optionOf = (call: Node, position: number, name: string) =>
  fieldOf(call.arguments?.[position], name)

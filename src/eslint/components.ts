import { bare, functionAround, type Node, pathOf } from './syntax.ts'

/** Returns the name of a function: its own, or that of the variable that holds it, also through `memo` and `forwardRef`. */
function nameOfFunction(fn: Node): string | undefined {
  if (fn.id) return String(fn.id.name)
  let holder = fn.parent
  while (holder && (holder.type === 'CallExpression' || bare(holder) !== holder)) holder = holder.parent
  return holder?.type === 'VariableDeclarator' && holder.id?.type === 'Identifier'
    ? String(holder.id.name)
    : undefined
}

/** Returns whether a function is a component or a hook by its name. */
const isComponent = (fn: Node) => /^(?:[A-Z]|use[A-Z])/.test(nameOfFunction(fn) ?? '')

/** Returns the hook, such as `useEffect`, whose first argument is this function. */
function hookOf(fn: Node): string | undefined {
  const call = fn.parent
  return call?.type === 'CallExpression' && call.arguments?.[0] === fn
    ? pathOf(call.callee)?.at(-1)
    : undefined
}

const inRender = ['useMemo', 'useState', 'useReducer']
const effects = ['useEffect', 'useLayoutEffect', 'useInsertionEffect']

/** Returns whether a node runs while a component renders: in its body, or in a function that React calls at once. */
export function runsInRender(node: Node): boolean {
  const fn = functionAround(node)
  if (!fn) return false
  return inRender.includes(hookOf(fn) ?? '') ? runsInRender(fn) : isComponent(fn)
}

/** Returns whether a node runs directly in an effect, and in no function that the effect passes on. */
export function runsInEffect(node: Node): boolean {
  const fn = functionAround(node)
  return fn !== undefined && effects.includes(hookOf(fn) ?? '')
}

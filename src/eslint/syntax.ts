/** A node of ESTree with JSX and TypeScript, with the fields that the rules read. */
export interface Node {
  readonly type: string
  readonly parent?: Node | null | undefined
  /** Name of an identifier; a node in JSX. */
  readonly name?: string | Node | undefined
  readonly value?: unknown
  readonly id?: Node | null | undefined
  readonly key?: Node | undefined
  readonly computed?: boolean | undefined
  readonly async?: boolean | undefined
  readonly body?: Node | readonly Node[] | null | undefined
  readonly init?: Node | null | undefined
  readonly callee?: Node | undefined
  readonly arguments?: readonly Node[] | undefined
  readonly object?: Node | undefined
  readonly property?: Node | undefined
  readonly left?: Node | undefined
  readonly argument?: Node | null | undefined
  readonly elements?: readonly (Node | null)[] | undefined
  readonly expressions?: readonly Node[] | undefined
  readonly expression?: Node | undefined
  readonly properties?: readonly Node[] | undefined
  readonly specifiers?: readonly Node[] | undefined
  readonly local?: Node | undefined
  readonly source?: Node | undefined
  readonly attributes?: readonly Node[] | undefined
  readonly openingElement?: Node | undefined
}

const wrappers = ['ChainExpression', 'TSNonNullExpression', 'TSAsExpression', 'TSSatisfiesExpression']

/** Removes optional chaining and types around an expression. */
export function bare(node: Node | undefined): Node | undefined {
  let inner = node
  while (inner && wrappers.includes(inner.type)) inner = inner.expression
  return inner
}

/**
 * Returns the names of an access, such as `['posthog', 'capture']`, without `window` and `globalThis`. Undefined for any other
 * expression. Of `(window.dataLayer ||= [])` it returns the name of the left side.
 */
export function pathOf(node: Node | undefined): readonly string[] | undefined {
  const inner = bare(node)
  switch (inner?.type) {
    case 'Identifier':
      return [String(inner.name)]
    case 'AssignmentExpression':
    case 'LogicalExpression':
      return pathOf(inner.left)
    case 'MemberExpression': {
      const name = inner.computed ? textOf(inner.property) : inner.property?.name
      const object = pathOf(inner.object)
      if (typeof name !== 'string' || !object) return undefined
      return isGlobal(object) ? [name] : [...object, name]
    }
    default:
      return undefined
  }
}

const isGlobal = ([name, ...rest]: readonly string[]) =>
  rest.length === 0 && ['window', 'globalThis', 'self'].includes(name ?? '')

/** Returns the text of a string literal, also in a JSX attribute. */
export function textOf(node: Node | undefined): string | undefined {
  const inner = bare(node?.type === 'JSXExpressionContainer' ? node.expression : node)
  return inner?.type === 'Literal' && typeof inner.value === 'string' ? inner.value : undefined
}

/** Returns the name of a property of an object literal, or of a JSX attribute. */
export function nameOf({ key, name, computed }: Node): string | undefined {
  if (key) return !computed && key.type === 'Identifier' ? String(key.name) : textOf(key)
  return typeof name === 'object' && typeof name.name === 'string' ? name.name : undefined
}

/** Returns the value of a named property of an object literal. */
export function fieldOf(object: Node | undefined, name: string): Node | undefined {
  const found = bare(object)?.properties?.find((each) => each.type === 'Property' && nameOf(each) === name)
  return found?.value as Node | undefined
}

/** Returns the last name of a JSX tag: `PricingLink` of `<Admin.PricingLink>`. */
export function tagOf(element: Node | undefined): string | undefined {
  const tag = element?.openingElement?.name as Node | undefined
  const name = tag?.type === 'JSXMemberExpression' ? tag.property?.name : tag?.name
  return typeof name === 'string' ? name : undefined
}

/** Returns the JSX attribute with a name. */
export function attributeOf(element: Node | undefined, name: string): Node | undefined {
  return element?.openingElement?.attributes?.find(
    (each) => each.type === 'JSXAttribute' && nameOf(each) === name,
  )
}

/** Returns the expression of a JSX attribute. Undefined for an attribute without a value. */
export function attributeValue(attribute: Node | undefined): Node | undefined {
  const value = attribute?.value as Node | null | undefined
  return value?.type === 'JSXExpressionContainer' ? bare(value.expression) : (value ?? undefined)
}

const functions = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']
export const isFunction = ({ type }: Node) => functions.includes(type)

/** Returns the nearest node around `node` that passes the test. */
export function around(node: Node, test: (candidate: Node) => boolean): Node | undefined {
  let parent = node.parent
  while (parent && !test(parent)) parent = parent.parent
  return parent ?? undefined
}

export const functionAround = (node: Node) => around(node, isFunction)

/** Returns the nodes around `node`, from the inside, up to `end` (excluded). */
export function between(node: Node, end: Node): readonly Node[] {
  const nodes: Node[] = []
  for (let parent = node.parent; parent && parent !== end; parent = parent.parent) nodes.push(parent)
  return nodes
}

/** Returns whether a node passes the test, or any node in it. */
export function contains(node: Node, test: (candidate: Node) => boolean): boolean {
  if (test(node)) return true
  return Object.entries(node).some(([field, value]) => {
    if (field === 'parent') return false
    const children: readonly unknown[] = Array.isArray(value) ? value : [value]
    return children.some((child) => isNode(child) && contains(child, test))
  })
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** Returns the module from which the file imports `name`, a local name. */
export function moduleOf(node: Node, name: string): string | undefined {
  const program = around(node, ({ type }) => type === 'Program')
  const statements = (program?.body ?? []) as readonly Node[]
  const found = statements.find(
    ({ type, specifiers }) =>
      type === 'ImportDeclaration' && specifiers?.some(({ local }) => local?.name === name),
  )
  return textOf(found?.source)
}

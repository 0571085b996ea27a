import { entriesOf } from '../parts/plain-value.ts'

/** `left out` has no `to`, `added` no `from`; `value`: as captured. */
export interface Difference {
  readonly kind: 'same' | 'renamed' | 'changed' | 'left out' | 'added'
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly value?: unknown
  /** What it has become, for `changed` and `added`. */
  readonly became?: unknown
}

interface Leaf {
  readonly path: string
  readonly value: unknown
}

const MAX_LEAVES = 200
const MAX_DEPTH = 8

/** Everything that is no object or list with entries, by its path: `properties.items.0.sku`. Bounded. */
export function leavesOf(value: unknown): readonly Leaf[] {
  const leaves: Leaf[] = []
  const visit = (item: unknown, path: string, depth: number) => {
    if (leaves.length === MAX_LEAVES || item === undefined) return
    const entries = depth < MAX_DEPTH ? entriesOf(item) : undefined
    if (!entries?.length) leaves.push({ path, value: item })
    else for (const [key, inner] of entries) visit(inner, path ? `${path}.${key}` : key, depth + 1)
  }
  visit(value, '', 0)
  return leaves
}

/**
 * What a mapper has made of a captured value. A leaf is found again at its own path, then at the end of another one
 * (`properties.tier` in `parameters.tier`), then by its value, if only one has it: `renamed`.
 */
export function differencesOf(captured: unknown, mapped: unknown): readonly Difference[] {
  const left = new Set(leavesOf(mapped))
  const take = (leaf: Leaf | undefined) => {
    if (leaf) left.delete(leaf)
    return leaf
  }
  const find = (test: (leaf: Leaf) => boolean) => {
    const found = [...left].filter(test)
    return found.length === 1 ? take(found[0]) : undefined
  }
  const found = new Map<Leaf, Leaf>()
  const all = leavesOf(captured)
  const match = (test: (leaf: Leaf) => (other: Leaf) => boolean) => {
    for (const leaf of all) {
      const other = found.has(leaf) ? undefined : find(test(leaf))
      if (other) found.set(leaf, other)
    }
  }
  match(
    ({ path }) =>
      (other) =>
        other.path === path,
  )
  match(({ path }) => {
    const name = withoutContainer(path)
    return (other) => withoutContainer(other.path) === name || other.path === name
  })
  match(
    ({ value }) =>
      (other) =>
        isTelling(value) && alike(other.value, value),
  )
  return [
    ...all.map((leaf): Difference => {
      const other = found.get(leaf)
      const { path: from, value } = leaf
      if (!other) return { kind: 'left out', from, value }
      const to = other.path
      if (!alike(other.value, value)) return { kind: 'changed', from, to, value, became: other.value }
      return { kind: nameOf(from) === nameOf(to) ? 'same' : 'renamed', from, to, value }
    }),
    ...[...left].map(({ path, value }): Difference => ({ kind: 'added', to: path, became: value })),
  ]
}

const withoutContainer = (path: string) => path.slice(path.indexOf('.') + 1)
const nameOf = (path: string) => path.slice(path.lastIndexOf('.') + 1)

/** True, 0 and the like are in many places: they say nothing of where they came from. */
function isTelling(value: unknown): boolean {
  return typeof value === 'string' ? value.length > 1 : typeof value === 'number' && Math.abs(value) > 1
}

function alike(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  const entries = entriesOf(one)
  return (
    entries?.length === 0 && entriesOf(other)?.length === 0 && Array.isArray(one) === Array.isArray(other)
  )
}

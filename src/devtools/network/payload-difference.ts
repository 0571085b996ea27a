import type { Marks } from '../parts/json-view.tsx'
import { entriesOf } from '../parts/plain-value.ts'

/**
 * One difference between the captured and the mapped event. `from` and `to` are paths: `left out` has no `to`, `added`
 * no `from`. `value` is the captured value.
 */
export interface Difference {
  readonly kind: 'same' | 'renamed' | 'changed' | 'left out' | 'added'
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly value?: unknown
  /** Mapped value, for `changed` and `added`. */
  readonly became?: unknown
}

interface Leaf {
  readonly path: string
  readonly value: unknown
}

const MAX_LEAVES = 200
const MAX_DEPTH = 8

/** Lists the leaves of a value by path, such as `properties.items.0.sku`: at most 200, down to the maximum depth. */
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
 * Compares a captured value with its mapped form. Looks for each leaf at its own path, then at the end of another path
 * (`properties.tier` in `parameters.tier`), then by a value that only one leaf has: `renamed`.
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

/** Returns the differences by their paths in each of the two values, for their trees. */
export function marksOf(differences: readonly Difference[]): {
  readonly captured: Marks
  readonly mapped: Marks
} {
  const told = differences.filter(({ kind }) => kind !== 'same')
  const by = (path: 'from' | 'to') =>
    new Map(told.flatMap((each) => (each[path] === undefined ? [] : [[each[path], each.kind] as const])))
  return { captured: by('from'), mapped: by('to') }
}

const withoutContainer = (path: string) => path.slice(path.indexOf('.') + 1)
const nameOf = (path: string) => path.slice(path.lastIndexOf('.') + 1)

/** Returns whether a value is rare enough to identify a leaf. Values such as true and 0 occur in many places. */
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

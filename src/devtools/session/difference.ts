import type { Decision, Outcome } from '../../engine/record/decision.ts'
import { kindOf } from '../../support/shape.ts'
import type { Session } from './session-file.ts'

export interface DifferenceRow {
  readonly event: string
  readonly component: string
  readonly fact: string
  readonly kind: 'missing' | 'new' | 'changed' | 'same'
  readonly before: Readonly<Record<Outcome, number>>
  readonly after: Readonly<Record<Outcome, number>>
  /** Changed reasons and property shapes, in words. */
  readonly changes: readonly string[]
}

/** Outcomes of the attempts with the same event, component and fact. */
interface Tally {
  readonly outcomes: Record<Outcome, number>
  /** Number of attempts by reason, except `admitted`. */
  readonly reasons: Map<string, number>
  /** Kinds of values by property. */
  readonly shapes: Map<string, Set<string>>
}

/**
 * Compares two sessions by event, component and fact: lists what is missing, new or changed in the second. Rows that
 * differ come first.
 */
export function differenceOf(before: Session, after: Session): readonly DifferenceRow[] {
  const [one, other] = [tally(before.decisions), tally(after.decisions)]
  const rows = [...new Set([...one.keys(), ...other.keys()])].map((key): DifferenceRow => {
    const [left, right] = [one.get(key), other.get(key)]
    const [event, component, fact] = JSON.parse(key) as [string, string, string]
    const changes = left && right ? [...changedReasons(left, right), ...changedShapes(left, right)] : []
    const [was, is] = [left?.outcomes ?? nothing(), right?.outcomes ?? nothing()]
    const same = changes.length === 0 && outcomesOf(was) === outcomesOf(is)
    return {
      event,
      component,
      fact,
      kind: !right ? 'missing' : !left ? 'new' : same ? 'same' : 'changed',
      before: was,
      after: is,
      changes,
    }
  })
  const order = ['missing', 'new', 'changed', 'same']
  return rows.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.event < b.event ? -1 : 1))
}

const nothing = (): Record<Outcome, number> => ({ fired: 0, held: 0, dropped: 0, shadowed: 0 })
const outcomesOf = (counts: Readonly<Record<Outcome, number>>) => Object.values(counts).join()

function tally(decisions: readonly Decision[]): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>()
  for (const decision of decisions) {
    const { event, trigger, outcome, reason, properties = {} } = decision
    const key = JSON.stringify([event, trigger.component, trigger.fact])
    const found: Tally = tallies.get(key) ?? {
      outcomes: nothing(),
      reasons: new Map(),
      shapes: new Map(),
    }
    tallies.set(key, found)
    found.outcomes[outcome]++
    if (reason !== 'admitted') found.reasons.set(reason, (found.reasons.get(reason) ?? 0) + 1)
    for (const [name, value] of Object.entries(properties))
      found.shapes.set(name, (found.shapes.get(name) ?? new Set()).add(kindOf(value)))
  }
  return tallies
}

function changedReasons({ reasons: was }: Tally, { reasons: is }: Tally): readonly string[] {
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((reason) => {
    const [from, to] = [was.get(reason) ?? 0, is.get(reason) ?? 0]
    return from === to ? [] : [`${reason}: ${from} → ${to}`]
  })
}

function changedShapes({ shapes: was }: Tally, { shapes: is }: Tally): readonly string[] {
  const kinds = (found: ReadonlySet<string> | undefined) =>
    found ? [...found].sort().join(' or ') : 'absent'
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((name) => {
    const [from, to] = [kinds(was.get(name)), kinds(is.get(name))]
    return from === to ? [] : [`property ${name}: ${from} → ${to}`]
  })
}

import { withoutPersonalData } from './personal-data.ts'
import type { Finding, Occurrence, PageContext, PersonalDataPolicy, Properties } from './types.ts'

export interface Guard {
  /** Whether an event in which something was found is dropped. */
  readonly blocks: boolean
  /** Nested plain objects and arrays included; `allowed` names properties that are left alone. */
  readonly check: <Value extends object>(
    value: Value,
    path: string,
    allowed?: readonly string[],
  ) => Checked<Value>
  /** Around the properties, which are checked after their schema. */
  readonly checkAround: (occurrence: Occurrence) => Checked<Occurrence>
}

interface Checked<Value> {
  readonly value: Value
  readonly findings: readonly Finding[]
}

/** Keeps personal data out of events and out of the record: what it finds is replaced in both. */
export function createGuard(policy: PersonalDataPolicy): Guard {
  const check = <Value extends object>(value: Value, path: string, allowed?: readonly string[]) => {
    if (policy === 'allow') return { value, findings: [] }
    const { properties, findings } = withoutPersonalData(value as Properties, allowed)
    return {
      value: properties as Value,
      findings: findings.map((finding) => ({ ...finding, path: `${path}.${finding.path}` })),
    }
  }
  let last: { readonly page: PageContext; readonly checked: Checked<PageContext> } | undefined
  return {
    blocks: policy === 'block',
    check,
    checkAround(occurrence) {
      const { page, scope } = occurrence
      if (last?.page !== page) last = { page, checked: check(page, 'page') }
      const checkedScope = check(scope, 'scope')
      const findings = [...last.checked.findings, ...checkedScope.findings]
      const value = findings.length
        ? { ...occurrence, page: last.checked.value, scope: checkedScope.value }
        : occurrence
      return { value, findings }
    },
  }
}

import { redactText, withoutPersonalData } from './personal-data.ts'
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
      const { page, scope, trigger } = occurrence
      if (last?.page !== page) last = { page, checked: check(page, 'page') }
      const checkedScope = check(scope, 'scope')
      const findings = [...last.checked.findings, ...checkedScope.findings]
      // Made of addresses and names that are properties too: what is found there is told there.
      const { factKey = '' } = trigger
      const safeKey = policy === 'allow' ? factKey : redactText(factKey)
      const around = findings.length
        ? { ...occurrence, page: last.checked.value, scope: checkedScope.value }
        : occurrence
      const value = safeKey === factKey ? around : { ...around, trigger: { ...trigger, factKey: safeKey } }
      return { value, findings }
    },
  }
}

import type { Issue } from '../decision/issue.ts'
import type { PageContext } from '../page/page.ts'
import type { Occurrence, Properties } from '../pipeline/occurrence.ts'
import type { Finding, PersonalDataPolicy } from './finding.ts'
import { redactText, withoutPersonalData } from './personal-data.ts'

export interface Guard {
  /** True if an event that contains personal data is dropped. */
  readonly blocks: boolean
  /** Checks a value, also nested objects and arrays. Properties named in `allowed` are not checked. */
  readonly check: <Value extends object>(
    value: Value,
    path: string,
    allowed?: readonly string[],
  ) => Checked<Value>
  /** Returns issues without personal data. Their paths lead to the same places in checked properties. */
  readonly safeIssues: (issues: readonly Issue[], allowed?: readonly string[]) => readonly Issue[]
  /** Checks the page, the scope and the trigger. Properties are checked after their schema. */
  readonly checkAround: (occurrence: Occurrence) => Checked<Occurrence>
}

interface Checked<Value> {
  readonly value: Value
  readonly findings: readonly Finding[]
}

const nothing: readonly Finding[] = []

function isEmpty(value: object): boolean {
  for (const _ in value) return false
  return true
}

/** Creates a guard that keeps personal data out of events and the record, by replacing it in both. */
export function createGuard(policy: PersonalDataPolicy): Guard {
  const check = <Value extends object>(value: Value, path: string, allowed?: readonly string[]) => {
    if (policy === 'allow' || isEmpty(value)) return { value, findings: nothing }
    const { properties, findings } = withoutPersonalData(value as Properties, allowed)
    if (findings.length === 0) return { value: properties as Value, findings: nothing }
    return {
      value: properties as Value,
      findings: findings.map((finding) => ({ ...finding, path: `${path}.${finding.path}` })),
    }
  }
  let last: { readonly page: PageContext; readonly checked: Checked<PageContext> } | undefined
  return {
    blocks: policy === 'block',
    check,
    safeIssues: (issues, allowed = []) =>
      issues.map((issue) => {
        const { message, path: names } = issue
        if (names?.some((name) => allowed.includes(String(name)))) return issue
        // Name by name, as in the properties: in a joined path, an address would take its neighbours along.
        const { value } = check({ message, names }, 'issues')
        return { ...issue, message: value.message, path: value.names }
      }),
    checkAround(occurrence) {
      const { page, scope, trigger } = occurrence
      if (last?.page !== page) last = { page, checked: check(page, 'page') }
      const checkedScope = check(scope, 'scope')
      const inPage = last.checked.findings
      const findings = checkedScope.findings.length ? [...inPage, ...checkedScope.findings] : inPage
      // The key consists of addresses and names that are properties, too. They are reported there.
      const { factKey = '' } = trigger
      const safeKey = policy === 'allow' || !factKey ? factKey : redactText(factKey)
      const around = findings.length
        ? { ...occurrence, page: last.checked.value, scope: checkedScope.value }
        : occurrence
      const value = safeKey === factKey ? around : { ...around, trigger: { ...trigger, factKey: safeKey } }
      return { value, findings }
    },
  }
}

import { type Declaration, declarationsIn } from './declarations.ts'

/** The declaration of a plan, called `plan`; of the plan of all stories, only the events that the code reports. */
export function planOf(name: string, code: string, files: readonly string[]): Declaration {
  const isPlan = (declared: Declaration) =>
    declared.code.includes('definePlan(') && declared.code.includes(`name: '${name}'`)
  const found = files.flatMap(declarationsIn).find(isPlan)
  if (!found) throw new Error(`No file of the stories declares the plan "${name}".`)
  const plan = found.code.replace(/^const \w+/, 'const plan').replace(`name: '${name}'`, "name: 'acme'")
  return { ...found, code: name === 'stories' ? onlyReported(plan, code) : plan }
}

/** Which components report the standard events of a group. */
const groups: readonly (readonly [group: string, components: RegExp])[] = [
  ['navigation', /\busePage\b/],
  ['form', /Form/],
  ['video', /Video/],
]

/** An event is kept if the code names it, or an event that is kept has it as its goal. */
function onlyReported(plan: string, code: string): string {
  const [head = '', rest = ''] = plan.split('  events: {\n')
  const entries = (rest.split('\n  },')[0] ?? '').split(/\n(?= {4}[\w.])/)
  const isNamed = (entry: string, text: string) => {
    const group = groups.find(([each]) => entry.includes(`standardEvents.${each}`))
    if (group) return group[1].test(text)
    return new RegExp(`['"]${/^ {4}(\w+)/.exec(entry)?.[1]}['"]`).test(text)
  }
  const named = entries.filter((entry) => isNamed(entry, code))
  const goals = named.filter((entry) => !entry.includes('standardEvents')).join('\n')
  const kept = entries.filter((entry) => named.includes(entry) || isNamed(entry, goals))
  return kept.length ? `${head}  events: {\n${kept.join('\n')}\n  },\n})` : `${head}  events: {},\n})`
}

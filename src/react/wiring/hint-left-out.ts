import { createWarn } from '../../support/errors.ts'
import type { Reporter } from './report.ts'

const warn = /* @__PURE__ */ createWarn()

/**
 * Prints RMC208 if `events` of a component does not name a fact, although the plan has its standard event. For
 * development only, and for a fact that no event reports. A fact with the value undefined says that the application
 * knows what it leaves out.
 */
export function hintLeftOut({ component, name, events, standard, tracker }: Reporter, fact: string): void {
  if (!events || Object.values(events).includes(undefined)) return
  const leftOut = Object.entries(standard).filter(
    ([other, event]) => !(other in events) && tracker.plan.events.has(event),
  )
  if (!leftOut.some(([other]) => other === fact)) return
  const names = leftOut.map(([, event]) => event).join(', ')
  const written = leftOut.map(([other, event]) => `${other}: '${event}'`).join(', ')
  warn(
    'RMC208',
    `${component}${name === undefined ? '' : ` "${name}"`} reports only the facts that its \`events\` names, and the plan also has ${names}. Add those that you want: \`${written}\`. If you leave them out on purpose, write \`${fact}: undefined\`.`,
  )
}

import type { Properties, TriggerContext } from './types.ts'

/** Facts that repeat what is written on the page, in GA4's names: it may say whose page it is. */
const TEXTS = ['link_text', 'file_name', 'form_submit_text', 'page_title']

/** Empties those facts in the report of a component. A call by hand keeps its properties. */
export function withoutTexts(properties: Properties, { component }: TriggerContext): Properties {
  if (component === 'track') return properties
  const found = TEXTS.filter((name) => name in properties)
  return found.length ? { ...properties, ...Object.fromEntries(found.map((name) => [name, ''])) } : properties
}

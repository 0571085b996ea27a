import type { Properties, TriggerContext } from '../pipeline/occurrence.ts'

/** Facts that contain texts of the page, by GA4's names. Such a text may name the user. */
const TEXTS = ['link_text', 'file_name', 'form_submit_text', 'page_title']

/** Empties those facts in reports of components. A call by hand keeps its properties. */
export function withoutTexts(properties: Properties, { component }: TriggerContext): Properties {
  if (component === 'track') return properties
  const found = TEXTS.filter((name) => name in properties)
  return found.length ? { ...properties, ...Object.fromEntries(found.map((name) => [name, ''])) } : properties
}

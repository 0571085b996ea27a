import type { MicroconversionsParameters } from 'react-microconversions/storybook'
import { pastable } from './pastable.ts'
import { storyPlan } from './story-plan.ts'

// Vite reads the options of a glob as they are written here.
const stories = import.meta.glob<string>('../{catalogue,components,hooks,journey}/*.stories.tsx', {
  query: '?raw',
  import: 'default',
})
const introduction = import.meta.glob<string>('../*.stories.tsx', { query: '?raw', import: 'default' })
const support = import.meta.glob<string>(
  ['./*-plan.ts', './closable.tsx', './later.tsx', '../guides/examples/*-router.tsx'],
  { query: '?raw', import: 'default' },
)

interface StoryContext {
  readonly name: string
  readonly parameters: {
    readonly fileName?: string
    readonly microconversions?: Pick<MicroconversionsParameters, 'plan' | 'tracker'>
  }
}

/** For `docs.source.transform`: a story's JSX as a module that can be pasted into an application. */
export async function shownCode(jsx: string, { name: story, parameters }: StoryContext): Promise<string> {
  const load = { ...stories, ...introduction }[parameters.fileName?.replace('./stories/', '../') ?? '']
  if (!load || !jsx.startsWith('<')) return jsx
  const file = await load()
  if (!file.includes('support/beside.tsx')) return jsx
  const { plan, tracker } = parameters.microconversions ?? {}
  const { consent } = tracker?.() ?? {}
  const answer = typeof consent === 'string' ? consent : undefined
  const files = await Promise.all(
    Object.entries(support).map(
      async ([path, text]) => [path.split('/').at(-1) ?? '', await text()] as const,
    ),
  )
  const { name } = plan?.() ?? storyPlan
  return pastable(jsx, { file, support: new Map(files), plan: name, consent: answer, story })
}

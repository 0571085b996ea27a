import { type Declaration, type Import, importsFor, importsIn, mentions, neededBy } from './declarations.ts'
import { planOf } from './shown-plan.ts'

export interface StorySource {
  /** The file of the story. */
  readonly file: string
  /** Files that declare plans and components of stories, by their names. */
  readonly support: ReadonlyMap<string, string>
  /** The name of the story's plan. */
  readonly plan: string
  /** The answer about consent that the story begins with. */
  readonly consent?: string | undefined
  /** Name of the story in the sidebar, such as `Submitted Twice`. */
  readonly story?: string | undefined
}

const always: readonly Import[] = [
  {
    from: 'react-microconversions',
    named: ['createTracker', 'definePlan', 'event', 'journey', 'MicroconversionProvider'],
  },
  { from: 'react-microconversions/destinations', named: ['memory'] },
  { from: 'react-microconversions/testing', named: ['createTestTracker'] },
]

/**
 * The JSX of a story as a module that can be pasted: with its imports, plan, tracker, components and a Provider. A story that
 * moves the clock gets a test tracker, whose `platform` does that.
 */
export function pastable(shown: string, { file, support, plan, consent, story }: StorySource): string {
  const jsx = withNames(shown.replace(/(<\/?)React\.Fragment(?: key="[^"]*")?>/g, '$1>'), file, story)
  const needed = neededBy(jsx, file, support).filter(isOfApplication)
  const components = needed.map(({ code }) => code.replace(ofStories, '').replace(planNames, 'plan'))
  const used = [...components, jsx].join('\n')
  const planned = planOf(plan, used, [file, ...support.values()])
  const code = [
    `${planned.code}\n${trackerFor(used, consent)}`,
    ...recordingsFor(used, file),
    ...components,
    exampleOf(jsx, mentions(used, 'MicroconversionProvider')),
  ].join('\n\n')
  const files = new Set([file, planned.file, ...needed.map((each) => each.file)])
  return `${importsFor(code, [...[...files].flatMap(importsIn), ...always])}\n\n${code}`
}

/** Puts back the names of functions, which Storybook shows as `() => {}`: from the args of the story, else of its file. */
function withNames(jsx: string, file: string, story = ''): string {
  const blocks = [`export const ${story.replaceAll(' ', '')} = `, 'const meta = '].map(
    (start) => file.split(start)[1]?.split(/^\}\)/m)[0] ?? '',
  )
  return jsx.replace(/\b(\w+)=\{\(\) => \{\}\}/g, (whole, prop: string) => {
    const named = new RegExp(`\\b${prop}: (\\w+)[,\\s}]`)
    const name = blocks.map((block) => named.exec(block)?.[1]).find(Boolean)
    return name ? `${prop}={${name}}` : whole
  })
}

/** Lines by which a story reaches its own tracker, and those for the linter of this project. */
const ofStories = /^ *(?:const \{[^}]*\} = useStoryTracking\(\)|\/\/ biome-ignore .*)\n/gm
const planNames = /\b(?:story|seen|journey)Plan\b/g

/** Stories and plans are shown otherwise. */
const isOfApplication = ({ code }: Declaration) =>
  !/\bmeta\.story\(|preview\.meta\(|\bdefinePlan\(|\bcanvasElement\b/.test(code)

function exampleOf(jsx: string, hasProvider: boolean): string {
  if (hasProvider) return jsx === '<App />' ? 'export default App' : `export const Example = () => ${jsx}`
  const inside = jsx.replace(/^/gm, '    ')
  return `export const Example = () => (\n  <MicroconversionProvider tracker={tracker}>\n${inside}\n  </MicroconversionProvider>\n)`
}

function trackerFor(code: string, consent: string | undefined): string {
  const plugins = /\buse(?:Funnel|Intent|Occurred)\b/.test(code) ? ['plugins: [journey()]'] : []
  const answer = consent ? [`consent: '${consent}'`] : []
  if (mentions(code, 'platform')) {
    const options = [...plugins, ...answer].join(', ')
    return `const { tracker, platform } = createTestTracker(plan${options && `, { ${options} }`})`
  }
  const held = consent ? ['destinations: [memory()]'] : []
  return `const tracker = createTracker({ ${['plan', ...plugins, ...held, ...answer].join(', ')} })`
}

/** The recordings of the stories stand for those of an application. */
function recordingsFor(code: string, file: string): readonly string[] {
  if (!file.includes('/media.ts')) return []
  const used = ['tour', 'teaser', 'captions', 'episode', 'stream'].filter((name) => mentions(code, name))
  return used.map((name) => `const ${name} = '/media/${name}'`)
}

import { lineAt, withoutComments } from '../source/read-source.ts'
import type { SourceFile } from '../source/source-files.ts'

/** A call of `track`, or an `event` prop, with a literal name. */
export interface Reported {
  readonly event: string
  readonly file: string
  readonly line: number
}

/** The events that an application's source files mention. */
export interface Usage {
  readonly searched: number
  /** Every short string literal: an event is in use if its name is one of them. */
  readonly texts: ReadonlySet<string>
  /** Standard events that a component or hook in the source reports. */
  readonly standard: ReadonlySet<string>
  /** Names in code where TypeScript does not check them. */
  readonly unchecked: readonly Reported[]
}

const link = ['click', 'file_download', 'phone_clicked', 'mail_clicked']
const search = ['search', 'search_found_nothing', 'filter_used']
const parts = [
  'start',
  'field',
  'step',
  'calendar',
  'slot',
  'submit',
  'success',
  'failure',
  'abandon',
  'resume',
]

/** Standard events that each component or hook reports by itself. */
const reporters: Readonly<Record<string, readonly string[]>> = {
  TrackedForm: parts.map((part) => `form_${part}`),
  useTrackedForm: parts.map((part) => `form_${part}`),
  VideoProgress: ['video_start', 'video_progress', 'video_complete', 'video_summary'],
  useVideoProgress: ['video_start', 'video_progress', 'video_complete'],
  useVideoSummary: ['video_summary'],
  Impression: ['element_viewed', 'element_dwelled'],
  useImpression: ['element_viewed'],
  useDwell: ['element_dwelled'],
  useScrollDepth: ['scroll'],
  useAttention: ['attention_reached'],
  useSearchTracking: search,
  useReturnVisit: ['return_visit'],
  useChecklist: ['checklist_item_completed', 'checklist_completed'],
  useContentLinks: link,
  TrackedLink: link,
  useTrackedLink: link,
  usePage: ['page_view'],
  createTracker: ['page_view'],
}

/** Finds the events that `files` use. `plans` are the sources of the plan modules, searched for `interface Register` only. */
export function usageIn(files: readonly SourceFile[], plans: readonly string[]): Usage {
  const texts = new Set<string>()
  const standard = new Set<string>()
  const unchecked: Reported[] = []
  const fillsRegister = (text: string) => /\binterface\s+Register\b/.test(text)
  const typedNames = plans.some(fillsRegister) || files.some(({ text }) => fillsRegister(text))
  for (const { shown, text } of files) {
    const clean = withoutComments(text)
    for (const [, , name = ''] of clean.matchAll(quoted)) texts.add(name)
    for (const [word] of clean.matchAll(/\b[A-Za-z]+\b/g))
      if (Object.hasOwn(reporters, word)) for (const name of reporters[word] ?? []) standard.add(name)
    if (typedNames && /\.[cm]?tsx?$/.test(shown)) continue
    unchecked.push(...reportedIn(clean).map((found) => ({ ...found, file: shown })))
  }
  return { searched: files.length, texts, standard, unchecked }
}

/** Matches from each quote to the next, because an apostrophe in JSX text must not hide the string after it. */
const quoted = /(?=(['"`])([^'"`\n]{1,100})\1)/g
const call = /(?<![.\w$])(?:(?:tracker|tracking)\??\.)?track\(\s*(['"`])([^'"`$\n]+)\1/g
const element =
  /<(?:PricingLink|TrackedLink|TrackedButton|Impression)\b[^<>]*?\sevent=\{?\s*(['"])([^'"\n]+)\1/g
/** Matches imports of `track` from another library. */
const foreign =
  /import\s*\{[^}]*\btrack\b[^}]*\}\s*from\s*['"](?![./@~#]|react-microconversions)|from\s*['"]@vercel\/analytics/

function reportedIn(clean: string): readonly Omit<Reported, 'file'>[] {
  const patterns = foreign.test(clean) ? [element] : [call, element]
  return patterns.flatMap((pattern) =>
    [...clean.matchAll(pattern)].map(({ 2: event = '', index }) => ({ event, line: lineAt(clean, index) })),
  )
}

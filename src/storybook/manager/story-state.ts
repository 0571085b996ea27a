import { createStore } from 'zustand/vanilla'
import type { ExpectationResult } from '../expected.ts'
import type { StoryReport } from '../preview/report-story.ts'
import type { StoryNews } from '../protocol.ts'

/** Knowledge of the manager about the shown story. News and report arrive in any order. */
export interface StoryState {
  readonly news: StoryNews | undefined
  readonly report: StoryReport | undefined
}

const nothing: StoryState = { news: undefined, report: undefined }

export const story = createStore<StoryState>(() => nothing)

export const forgetStory = (): void => story.setState(nothing)

/** Returns the results of the present mount. */
export function resultsIn({ news, report }: StoryState): readonly ExpectationResult[] {
  if (!report || (news && news.mount !== report.result.mount)) return []
  return report.result.results
}

import { experimental_getStatusStore } from 'storybook/manager-api'
import { failuresIn, type ReportStatus } from '../expected.ts'
import type { StoryReport } from '../preview/report-story.ts'
import { REPORT_TYPE, STATUS_ID } from '../protocol.ts'

/** Message of Storybook about a story that has finished. */
export interface FinishedStory {
  readonly storyId: string
  readonly reporters: readonly { readonly type: string }[]
}

export const reportIn = ({ reporters }: FinishedStory): StoryReport | undefined =>
  reporters.find(({ type }) => type === REPORT_TYPE) as StoryReport | undefined

const values = {
  passed: 'status-value:success',
  warning: 'status-value:warning',
  failed: 'status-value:error',
} as const satisfies Record<ReportStatus, string>

const statuses = experimental_getStatusStore(STATUS_ID)

/** Shows in the sidebar whether the story meets its expectations. A story without any gets no sign. */
export function showStatus(finished: FinishedStory): void {
  const { storyId } = finished
  const report = reportIn(finished)
  if (!report || report.result.results.length === 0) {
    statuses.unset([storyId])
    return
  }
  const description = failuresIn(report.result.results)
  statuses.set([
    { storyId, typeId: STATUS_ID, value: values[report.status], title: 'Microconversions', description },
  ])
}

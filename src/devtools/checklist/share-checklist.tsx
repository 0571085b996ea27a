import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Judgement } from '../../engine/expectation/judge.ts'
import { useOverlay } from '../overlay-state.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { download } from '../session/download.ts'
import { fileName } from '../session/formats.ts'
import { sessionOf } from '../session/session-file.ts'
import { sessionStore } from '../session/session-store.ts'
import { attemptsOf } from '../timeline/timeline-state.ts'
import { type Checked, check } from './checklist.ts'
import { checklistLink, writeChecklist } from './checklist-file.ts'
import { checklistReport } from './checklist-report.ts'
import type { ChecklistState } from './checklist-store.ts'

interface ShareChecklistProps {
  readonly store: StoreApi<ChecklistState>
  readonly checked: readonly Checked[]
  readonly order: Judgement | undefined
}

/** Copies or saves the result as a report, and the list itself as a file or link. */
export function ShareChecklist({ store, checked, order }: ShareChecklistProps) {
  const { tracker, timeline } = useOverlay()
  const { name, items, since } = useStore(store)
  const list = { name, events: items }
  const link = checklistLink(list, location)

  function report(): string {
    const record = tracker.record.get()
    const { allowed, notes } = sessionStore(tracker).getState()
    const decisions = attemptsOf(record.decisions, { ...timeline.getState(), pausedAt: undefined })
    const session = sessionOf({ ...record, decisions }, tracker.plan, { made: Date.now(), allowed, notes })
    const masked = check(items, session.decisions, since, record)
    return checklistReport({ name, checked, masked, order }, session)
  }

  const save = (extension: string, type: string, text: string) =>
    download(fileName({ plan: tracker.plan, made: Date.now() }, { extension }), type, text)

  return (
    <>
      <CopyButton text={report} title="Markdown, with values replaced by their shape">
        Copy the report
      </CopyButton>
      <button type="button" className="plain" onClick={() => save('checklist.md', 'text/markdown', report())}>
        Save the report
      </button>
      {link && (
        <CopyButton text={() => link} title="Opens this page with this list">
          Copy a link
        </CopyButton>
      )}
      <button
        type="button"
        className="plain"
        onClick={() => save('checklist.json', 'application/json', writeChecklist(list))}
      >
        Save the list
      </button>
    </>
  )
}

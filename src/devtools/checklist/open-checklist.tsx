import { type ChangeEvent, useState } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import { readChecklist } from './checklist-file.ts'
import { type ChecklistState, taken } from './checklist-store.ts'

/** Opens a checklist from a file, which replaces the present one. */
export function OpenChecklist({ store }: { readonly store: StoreApi<ChecklistState> }) {
  const [problem, setProblem] = useState('')

  async function open({ target }: ChangeEvent<HTMLInputElement>) {
    const [file] = target.files ?? []
    target.value = '' // lets the tester choose the same file again
    if (!file) return
    const read = await file.text().then(readChecklist, () => ({ problem: 'It cannot be read.' }))
    setProblem('problem' in read ? `${file.name}: ${read.problem}` : '')
    if ('events' in read) store.setState(taken(read))
  }

  return (
    <>
      <label className="plain boxed opener">
        Open a list
        <input
          type="file"
          accept=".json,.txt,application/json,text/plain"
          onChange={(event) => void open(event)}
        />
      </label>
      <span role="status" className="problem">
        {problem}
      </span>
    </>
  )
}

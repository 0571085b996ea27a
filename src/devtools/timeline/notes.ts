import { createStore, type StoreApi } from 'zustand/vanilla'

/** The tester's mark and note on one attempt. */
export interface AttemptNote {
  readonly marked?: true | undefined
  readonly note?: string | undefined
}

/** Notes by attempt number. */
export type Notes = Readonly<Record<number, AttemptNote>>
export type NotesStore = StoreApi<Notes>

export const createNotes = (): NotesStore => createStore<Notes>(() => ({}))

/** Updates the note on an attempt; an empty text removes it. */
export function annotate(notes: NotesStore, number: number, change: AttemptNote): void {
  const { [number]: before, ...others } = notes.getState()
  const { marked, note } = { ...before, ...change }
  const after: AttemptNote = { ...(marked && { marked }), ...(note && { note }) }
  notes.setState(marked || note ? { ...others, [number]: after } : others, true)
}

import { createStore, type StoreApi } from 'zustand/vanilla'

/** What the tester says of one attempt. */
export interface AttemptNote {
  readonly marked?: true | undefined
  readonly note?: string | undefined
}

/** By the number of the decision. */
export type Notes = Readonly<Record<number, AttemptNote>>
export type NotesStore = StoreApi<Notes>

export const createNotes = (): NotesStore => createStore<Notes>(() => ({}))

/** Changes what is said of an attempt; an empty note is none. */
export function annotate(notes: NotesStore, number: number, change: AttemptNote): void {
  const { [number]: before, ...others } = notes.getState()
  const { marked, note } = { ...before, ...change }
  const after: AttemptNote = { ...(marked && { marked }), ...(note && { note }) }
  notes.setState(marked || note ? { ...others, [number]: after } : others, true)
}

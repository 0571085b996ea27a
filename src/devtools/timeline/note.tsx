import { useStore } from 'zustand'
import { useOverlay } from '../overlay-state.ts'
import { Section } from '../parts/section.tsx'
import { annotate } from './notes.ts'

/** Text field for the tester's note on an attempt. */
export function Note({ number }: { readonly number: number }) {
  const { notes } = useOverlay()
  const note = useStore(notes, (all) => all[number]?.note ?? '')
  return (
    <Section title="Note">
      <textarea
        aria-label="Note"
        className="note-field"
        rows={2}
        placeholder="What you saw, or expected"
        value={note}
        onChange={(event) => annotate(notes, number, { note: event.target.value })}
      />
    </Section>
  )
}

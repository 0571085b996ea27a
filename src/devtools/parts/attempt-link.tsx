import { useOverlay } from '../overlay-state.ts'

/** Leads to an attempt in the timeline. */
export function AttemptLink({ number }: { readonly number: number }) {
  const { showAttempt } = useOverlay()
  return (
    <button type="button" className="link" onClick={() => showAttempt(number)}>
      attempt {number}
    </button>
  )
}

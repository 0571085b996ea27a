import { useOverlay } from '../overlay-state.ts'

/** Links to an attempt in the timeline. */
export function AttemptLink({ number }: { readonly number: number }) {
  const { showAttempt } = useOverlay()
  return (
    <button type="button" className="link" onClick={() => showAttempt(number)}>
      attempt {number}
    </button>
  )
}

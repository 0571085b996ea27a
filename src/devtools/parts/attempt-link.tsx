import { useOverlay } from '../overlay-state.ts'

/** Leads to an attempt in the timeline. */
export function AttemptLink({ number }: { readonly number: number }) {
  const { state } = useOverlay()
  return (
    <button
      type="button"
      className="link"
      onClick={() =>
        state.setState({ tab: 'timeline', text: '', outcomes: [], active: number, shown: number })
      }
    >
      attempt {number}
    </button>
  )
}

import { useStoryTracking } from 'react-microconversions/storybook'

const MINUTE_MS = 60_000

/** Moves the clock of the story ahead. */
export function Later({ minutes }: { readonly minutes: number }) {
  const { platform } = useStoryTracking()
  return (
    <button type="button" onClick={() => platform.advance(minutes * MINUTE_MS)}>
      {minutes === 1 ? 'A minute' : `${minutes} minutes`} later
    </button>
  )
}

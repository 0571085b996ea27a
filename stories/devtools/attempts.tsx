import { useTrack } from 'react-microconversions'
import { attempts } from './reasons-plan.ts'

/** A button for each reason. */
export function Attempts() {
  const track = useTrack()
  return (
    <div className="row">
      {attempts.map(({ label, event }) => (
        <button key={event} type="button" onClick={() => track(event)}>
          {label}
        </button>
      ))}
    </div>
  )
}

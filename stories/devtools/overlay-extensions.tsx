import { useSyncExternalStore } from 'react'
import type { AnyTracker } from 'react-microconversions'
import type { DevtoolsExtensions, PayloadProps } from 'react-microconversions/devtools'

const owners: Readonly<Record<string, string>> = { step_admitted: 'growth', step_limited: 'docs' }

export const extensions: DevtoolsExtensions = {
  tabs: [{ id: 'costs', title: 'Costs', View: Costs }],
  columns: [{ id: 'team', title: 'Team', value: ({ event }) => owners[event] }],
  destinations: { warehouse: { Summary: Row, Payload: Row } },
  styles: '.cost { font-size: 18px; font-weight: 600 }',
}

function Costs({ tracker: { record } }: { readonly tracker: AnyTracker }) {
  const { counts } = useSyncExternalStore(record.subscribe, record.get)
  const fired = Object.values(counts).reduce((sum, { fired: one }) => sum + one, 0)
  return <p className="cost">{fired * 2} ct for events that fired</p>
}

function Row({ payload }: PayloadProps) {
  const { event_name, source } = payload as Readonly<Record<string, string>>
  return (
    <span>
      {event_name} in {source}
    </span>
  )
}

import { type KeyboardEvent, Suspense, useMemo, useState } from 'react'
import { inspectionOf } from '../../engine/record/inspection.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { Empty } from '../parts/empty.tsx'
import { useNow } from '../parts/use-now.ts'
import { useViewStyles } from '../parts/use-styles.ts'
import { useNarrow } from '../shell/use-narrow.ts'
import { networkStyles } from '../styles/network.ts'
import { DestinationPane } from './destination-pane.tsx'
import { DestinationRow } from './destination-row.tsx'
import { EventWay } from './event-way.tsx'
import { networkOf, useNetwork } from './network-state.ts'
import { createStandings, isWaiting, type Standing } from './requests.ts'

/** Shows what left the page: each destination, its requests, and the delivery of one event. */
export function NetworkView() {
  const styled = useViewStyles<HTMLDivElement>(networkStyles)
  return (
    <div ref={styled} className="contents">
      <Destinations />
    </div>
  )
}

function Destinations() {
  const overlay = useOverlay()
  const record = useRecord()
  const narrow = useNarrow()
  const now = useNow()
  const shown = useNetwork()
  const inspection = inspectionOf(overlay.tracker)
  const [stand] = useState(createStandings)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `now` polls the state of the destinations once a second
  const standings = useMemo(() => stand(record, inspection), [stand, record, inspection, now])
  const standing = standings.find(({ name }) => name === shown.destination)
  const sending = standing?.sendings.find(({ decision }) => decision.number === shown.event)
  const pane = standing && (
    <div className="network-pane">
      {sending ? (
        <Suspense fallback={<div aria-busy="true" />}>
          <EventWay key={shown.event} standing={standing} sending={sending} now={now} />
        </Suspense>
      ) : (
        <DestinationPane key={standing.name} standing={standing} now={now} gone={shown.event !== undefined} />
      )}
    </div>
  )

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented || !standing) return
    event.preventDefault()
    networkOf(overlay).setState(sending ? { event: undefined } : { destination: undefined, event: undefined })
  }

  if (standings.length === 0)
    return (
      <Empty title="No destination">
        The tracker has no destination: events are decided and shown here, and nothing leaves the page. Give{' '}
        <code>createTracker</code> a <code>destinations</code> list.
      </Empty>
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape from anywhere inside
    <div className={pane && !narrow ? 'network split' : 'network whole'} onKeyDown={onKeyDown}>
      {narrow && pane ? (
        pane
      ) : (
        <div className="scroll">
          <Overall standings={standings} />
          <ul>
            {standings.map((each) => (
              <DestinationRow key={each.name} standing={each} now={now} shown={each === standing} />
            ))}
          </ul>
        </div>
      )}
      {!narrow && pane}
    </div>
  )
}

/** One sentence that explains why no destination can send. */
function Overall({ standings }: { readonly standings: readonly Standing[] }) {
  const waiting = standings.some(({ sendings }) => sendings.some(isWaiting))
  const why = standings.every(({ consent }) => consent === 'denied')
    ? 'Consent is denied for every destination: nothing is sent, and nothing waits.'
    : standings.every(({ consent }) => consent !== 'granted')
      ? 'No destination is granted: events wait until the user answers. Try the answers under User.'
      : navigator.onLine
        ? undefined
        : `The browser is offline: ${waiting ? 'everything waits, and leaves by itself' : 'events will wait, and leave'} when the network is back.`
  return why ? <p className="overall">{why}</p> : null
}

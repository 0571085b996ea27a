import { useId, useRef, useState } from 'react'
import { OwnPayload } from '../extensions/own-payload.tsx'
import { useOverlay } from '../overlay-state.ts'
import { Empty } from '../parts/empty.tsx'
import { Facts, Section } from '../parts/section.tsx'
import { deliveryWords, lossesOf } from '../parts/words.ts'
import { useCatchFocus } from '../shell/use-catch-focus.ts'
import { CopyRequest } from './copy-request.tsx'
import { Pause, queueInWords } from './destination-row.tsx'
import { networkOf } from './network-state.ts'
import { PaneHead } from './pane-head.tsx'
import { answerInWords, RequestLine } from './request-line.tsx'
import { flightOf, isWaiting, type Sending, type SentRequest, type Standing } from './requests.ts'
import { TroubleText } from './trouble-text.tsx'

/** Number of requests and of events per page of the list. */
const PAGE = 30

interface DestinationPaneProps {
  readonly standing: Standing
  readonly now: number
  /** The requested event is not in the record. */
  readonly gone: boolean
}

/** Lists the requests of one destination, newest first, and the events that were never sent. */
export function DestinationPane({ standing, now, gone }: DestinationPaneProps) {
  const overlay = useOverlay()
  const id = useId()
  const pane = useRef<HTMLElement>(null)
  const { name, requests, sendings, answers } = standing
  const [length, setLength] = useState(PAGE)
  useCatchFocus(pane, undefined, true)
  const flying = flightOf(standing)?.eventIds ?? []
  const waiting = sendings.filter((each) => isWaiting(each) && !flying.includes(each.decision.eventId ?? ''))
  const never = sendings.filter((each) => !isWaiting(each) && !each.delivery.requests?.length)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <article ref={pane} className="detail" aria-labelledby={id} tabIndex={0}>
      <PaneHead
        id={id}
        title={name}
        back="Close the destination"
        onBack={() => networkOf(overlay).setState({ destination: undefined, event: undefined })}
      />
      {gone && <p className="overall">This event is no longer in the record, or was never sent here.</p>}
      {!answers && (
        <p className="overall">
          The vendor’s client takes the events and does not answer. The vendor’s own tools show whether they
          arrived.
        </p>
      )}
      <Section title={`Queue: ${queueInWords(standing, now)}`}>
        <Pause standing={standing} now={now} />
        <Sendings standing={standing} list={waiting} />
      </Section>
      <Section title={`Requests: ${requests.length.toLocaleString('en')}`}>
        {requests.length === 0 && (
          <Empty title="No request yet">
            {sendings.length
              ? 'What was tracked has not left the page.'
              : 'No event on this page goes to this destination.'}
          </Empty>
        )}
        <ul className="requests">
          {requests.slice(0, length).map((sent) => (
            <Request key={sent.request.requestId} standing={standing} sent={sent} now={now} />
          ))}
        </ul>
        {requests.length > length && (
          <button type="button" className="plain boxed" onClick={() => setLength(length + PAGE)}>
            Show {Math.min(PAGE, requests.length - length)} older
          </button>
        )}
      </Section>
      {never.length > 0 && (
        <Section title="Ended without a request">
          <Sendings standing={standing} list={never} />
        </Section>
      )}
    </article>
  )
}

interface RequestProps {
  readonly standing: Standing
  readonly sent: SentRequest
  readonly now: number
}

function Request({ standing, sent, now }: RequestProps) {
  const [open, setOpen] = useState(false)
  const { request, sendings } = sent
  const unknown = request.eventIds.length - sendings.length
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <RequestLine sent={sent} now={now} answers={standing.answers} />
        </summary>
        {open && (
          <div className="request">
            {request.error && (
              <TroubleText error={request.error} request={request} lost={lossesOf(standing.ended)} />
            )}
            <Facts
              facts={[
                ['Address', request.url, 'code'],
                ['Request', request.requestId, 'code'],
                ['Answer', answerInWords(request, standing.answers)],
                ['Retry-After', request.retryAfter],
              ]}
            />
            {request.body && <pre>{request.body}</pre>}
            <Sendings standing={standing} list={sendings} />
            <CopyRequest destination={standing.name} sent={sent} />
            {unknown > 0 && (
              <p className="muted">
                {unknown.toLocaleString('en')} more, of an earlier page or no longer kept.
              </p>
            )}
          </div>
        )}
      </details>
    </li>
  )
}

function Sendings({ standing, list }: { readonly standing: Standing; readonly list: readonly Sending[] }) {
  const overlay = useOverlay()
  const [length, setLength] = useState(PAGE)
  return (
    <>
      <ul className="sendings">
        {list.slice(0, length).map(({ decision, delivery }) => (
          <li key={decision.number} data-trouble={delivery.error !== undefined}>
            <button
              type="button"
              className="link name"
              onClick={() =>
                networkOf(overlay).setState({ destination: standing.name, event: decision.number })
              }
            >
              {decision.event}
              <span className="unseen">, attempt {decision.number}</span>
            </button>{' '}
            <span className="muted">{deliveryWords[delivery.state]}</span>
            <OwnPayload as="Summary" name={standing.name} payload={delivery.payload} decision={decision} />
          </li>
        ))}
      </ul>
      {list.length > length && (
        <button type="button" className="plain boxed" onClick={() => setLength(length + PAGE)}>
          Show {Math.min(PAGE, list.length - length)} more
        </button>
      )}
    </>
  )
}

import { type ReactNode, useId, useMemo, useRef } from 'react'
import { duration } from '../../support/duration-in-words.ts'
import { OwnPayload } from '../extensions/own-payload.tsx'
import { useOverlay } from '../overlay-state.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { PayloadTree, parsedPayload } from '../parts/payload-tree.tsx'
import { leafText, toJson } from '../parts/plain-value.ts'
import { clockTime, plural } from '../parts/time-words.ts'
import { deliveryWords, isLost, lossesOf } from '../parts/words.ts'
import { batchOf } from '../session/requests.ts'
import { useCatchFocus } from '../shell/use-catch-focus.ts'
import { CopyRequest } from './copy-request.tsx'
import { networkOf } from './network-state.ts'
import { PaneHead } from './pane-head.tsx'
import { type Difference, differencesOf, marksOf } from './payload-difference.ts'
import { answerInWords } from './request-line.tsx'
import { flightOf, isWaiting, type Sending, type Standing } from './requests.ts'
import { TroubleText } from './trouble-text.tsx'

interface EventWayProps {
  readonly standing: Standing
  readonly sending: Sending
  readonly now: number
}

/** Shows the delivery of one event to one destination: captured, mapped, sent, answered. */
export function EventWay({ standing, sending: { decision, delivery }, now }: EventWayProps) {
  const overlay = useOverlay()
  const id = useId()
  const pane = useRef<HTMLElement>(null)
  useCatchFocus(pane, undefined, true)
  const { name, answers } = standing
  const { payload, notes, queuedAt, state, nextAt } = delivery
  const planned = overlay.tracker.plan.events.get(decision.event)
  const { captured, mapped, mapping, marks } = useMapping(decision, payload, planned?.wireName)
  const flight = flightOf(standing)
  const flies = flight?.eventIds.includes(decision.eventId ?? '')
  const requests = [...(delivery.requests ?? []), ...(flight && flies ? [flight] : [])]
  const last = requests.at(-1)
  const sent = standing.requests.find(({ request }) => request.requestId === last?.requestId)
  const body = useMemo(
    () => (last ? batchOf({ decision, destination: name, delivery }) : undefined),
    [last, decision, name, delivery],
  )
  const earlier = delivery.attempts - (delivery.requests?.length ?? 0)

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <article ref={pane} className="detail way" aria-labelledby={id} tabIndex={0}>
      <PaneHead
        id={id}
        title={decision.event}
        back={`Back to ${name}`}
        onBack={() => networkOf(overlay).setState({ event: undefined })}
      >
        <CopyButton text={() => toJson({ captured, mapped, requests })}>Copy as JSON</CopyButton>
      </PaneHead>
      <p className="overall">
        <span className="name">{name}</span>: {deliveryWords[state]}.
      </p>
      <ol className="stages">
        <Stage title="Captured" time={decision.time}>
          <PayloadTree label="As captured" value={captured} marks={marks.captured} />
        </Stage>
        <Stage title="Mapped" time={queuedAt}>
          {mapped === undefined ? (
            <p className="muted">
              {state === 'rejected' && requests.length === 0
                ? 'The destination cannot take it.'
                : queuedAt === undefined
                  ? 'Not yet.'
                  : 'Not changed: it takes events as they are. Or the overlay was not watching at that time.'}
            </p>
          ) : (
            <>
              <OwnPayload as="Payload" name={name} payload={payload} decision={decision} />
              <Differences all={mapping} />
              <PayloadTree label={`As ${name} takes it`} value={mapped} marks={marks.mapped} />
            </>
          )}
          {notes?.map((note) => (
            <p key={note} className="note-line">
              {note}
            </p>
          ))}
        </Stage>
        <Stage title="Sent" time={requests[0]?.sentAt}>
          {requests.length === 0 && (
            <p className="muted">
              {unsentInWords(standing, state)}
              {isWaiting({ decision, delivery }) &&
                ` For ${duration(now - (queuedAt ?? decision.time))} so far.`}
            </p>
          )}
          {earlier > 0 && requests.length > 0 && (
            <p className="muted">{plural(earlier, 'more attempt')}, of which no detail is kept.</p>
          )}
          <ol className="attempts">
            {requests.map((request) => (
              <li key={request.requestId} data-trouble={request.error !== undefined}>
                {clockTime(request.sentAt)} · {request.transport}
                {request.eventIds.length > 1 && ` · with ${request.eventIds.length - 1} more`} ·{' '}
                <span className="answer">{answerInWords(request, answers)}</span>
                {request.answeredAt !== undefined && (
                  <span className="muted"> · {duration(request.answeredAt - request.sentAt)}</span>
                )}
              </li>
            ))}
          </ol>
          {body !== undefined && last && <SentBody mapped={mapped} body={body} />}
          {last?.url && <code className="muted">POST {last.url}</code>}
          {sent && <CopyRequest destination={name} sent={sent} />}
        </Stage>
        <Stage title="Answered" time={last?.transport === 'beacon' ? undefined : last?.answeredAt}>
          {answers ? (
            last?.status !== undefined ? (
              <>
                <p>HTTP {last.status}</p>
                {last.body && <pre>{last.body}</pre>}
              </>
            ) : (
              <p className="muted">
                {last?.transport === 'beacon'
                  ? 'A beacon gets no answer. The next page sends it once more, and the server tells by the id.'
                  : last?.transport === 'send' && !last.error
                    ? 'The destination’s own code has ended well.'
                    : 'No answer.'}
              </p>
            )
          ) : (
            <p className="muted">Handed to the vendor’s client, which does not answer.</p>
          )}
          <TroubleText error={delivery.error} request={last} lost={lossesOf(standing.ended)} />
          {nextAt !== undefined && nextAt > now && (
            <p>
              Next try in {duration(nextAt - now)} ({clockTime(nextAt)}).
            </p>
          )}
        </Stage>
      </ol>
    </article>
  )
}

/** Returns the event before and after the mapping, and the differences. */
function useMapping(decision: Sending['decision'], payload: unknown, wireName: string | undefined) {
  return useMemo(() => {
    const captured = capturedOf(decision, wireName)
    const mapped = parsedPayload(payload)
    const mapping = mapped === undefined ? [] : differencesOf(captured, mapped)
    return { captured, mapped, mapping, marks: marksOf(mapping) }
  }, [decision, payload, wireName])
}

/** Returns the event before any mapping, as far as the record has it. */
function capturedOf(
  { event, eventId, time, properties, page, scope, trigger, consent, sampleRate }: Sending['decision'],
  wireName = event,
) {
  const context = Object.keys(scope).length ? { scope } : undefined
  return { id: eventId, name: wireName, properties, time, page, context, consent, sampleRate, trigger }
}

/** Tree of the request as far as it concerns one event, with what the transport added to the mapped event. */
function SentBody({ mapped, body }: { readonly mapped: unknown; readonly body: unknown }) {
  const marks = useMemo(() => marksOf(differencesOf(mapped, body)).mapped, [mapped, body])
  return <PayloadTree label="As sent, without other events" value={body} marks={marks} />
}

function unsentInWords({ consent }: Standing, state: Sending['delivery']['state']): string {
  if (state === 'denied') return 'Never: consent is denied.'
  if (state === 'held' || consent === 'pending') return 'Not yet: it waits for consent.'
  if (isLost(state)) return 'Never: the event is lost for this destination.'
  if (state === 'queued') return 'Not yet: it waits for others, or for its turn.'
  return 'The overlay was not watching at that time.'
}

interface StageProps {
  readonly title: string
  readonly time: number | undefined
  readonly children: ReactNode
}

function Stage({ title, time, children }: StageProps) {
  return (
    <li data-reached={time !== undefined}>
      <h4>
        {title} {time !== undefined && <span className="muted">{clockTime(time)}</span>}
      </h4>
      {children}
    </li>
  )
}

const kinds = ['changed', 'renamed', 'left out', 'added'] as const
const SHOWN = 40

/** Shows what the mapper changed: names only, without the values that stayed the same. */
function Differences({ all }: { readonly all: readonly Difference[] }) {
  const same = all.filter(({ kind }) => kind === 'same').length
  return (
    <>
      <p className="muted">{plural(same, 'value')} taken over as they were.</p>
      {kinds.map((kind) => {
        const list = all.filter((each) => each.kind === kind)
        if (list.length === 0) return null
        return (
          <details key={kind} className="differences" open={kind !== 'added'}>
            <summary>
              <span className="tag">{kind}</span> {plural(list.length, 'value')}
            </summary>
            <ul>
              {list.slice(0, SHOWN).map((each) => (
                <li key={`${each.from} ${each.to}`}>
                  <code>{lineOf(each)}</code>
                </li>
              ))}
              {list.length > SHOWN && <li className="muted">… {list.length - SHOWN} more</li>}
            </ul>
          </details>
        )
      })}
    </>
  )
}

function lineOf({ kind, from, to, value, became }: Difference): string {
  if (kind === 'added') return `${to}: ${leafText(became)}`
  if (kind === 'left out') return `${from}: ${leafText(value)}`
  if (kind === 'renamed') return `${from} → ${to}: ${leafText(value)}`
  const names = from === to ? from : `${from} → ${to}`
  return `${names}: ${leafText(value)} → ${leafText(became)}`
}

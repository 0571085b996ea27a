'use client'

import { type RefCallback, useCallback, useEffect, useRef, useState } from 'react'
import { type Ignored, observeEmbed } from '../../embeds/observe-embed.ts'
import type { EmbedProtocol } from '../../embeds/protocol.ts'
import { createWarn, type ErrorCode, MicroconversionError } from '../../support/errors.ts'
import { startContained } from '../../triggers/contained.ts'
import type { Report } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { useObservedRef } from '../wiring/use-observed-ref.ts'

/** Number of messages that looked like the service's and did not count. */
export interface IgnoredMessages {
  /** From an origin that the adapter does not trust. */
  readonly origin: number
  /** From the service, in a form that the adapter does not know. */
  readonly malformed: number
}

interface EmbedOptions<Signal> {
  readonly name: string
  readonly provider: EmbedProtocol<Signal> | undefined
  readonly signal: (signal: Signal) => void
  readonly loaded?: ((frame: Element) => () => void) | undefined
  /** Follows what is not a message, in the element. */
  readonly observe?: ((root: Element) => () => void) | undefined
}

/**
 * Observes an embed in the element of the returned ref. If the ref is on no element when the component has mounted, it
 * observes the frames of the document.
 */
export function useEmbed<Signal extends { readonly fact: string }>(
  report: Report,
  options: EmbedOptions<Signal>,
): { readonly ref: RefCallback<Element>; readonly ignored: () => IgnoredMessages } {
  if (process.env.NODE_ENV !== 'production') needsProvider(options.name, options.provider)
  const latest = useLatest(options)
  const [{ counts, warn }] = useState(() => ({ counts: { origin: 0, malformed: 0 }, warn: createWarn() }))
  const follow = (root?: Element) => {
    const { provider } = options
    const ends = root && options.observe?.(root)
    const stop =
      provider &&
      observeEmbed(root, following(provider, latest), {
        signal: (signal) => latest.current.signal(signal),
        loaded: options.loaded,
        ignored(why, origin) {
          counts[why] += 1
          if (process.env.NODE_ENV !== 'production') warn(...adviceOn(why, latest.current, origin))
        },
      })
    return () => {
      ends?.()
      stop?.()
    }
  }
  const observed = useObservedRef(report, follow)
  const attached = useRef(false)
  const stop = useRef<(() => void) | undefined>(undefined)
  const leave = useCallback(() => {
    stop.current?.()
    stop.current = undefined
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: at the mount; `following` reads what is newest
  useEffect(() => {
    if (!attached.current) stop.current = startContained(report.failed, () => follow())
    return leave
  }, [report, leave])
  const ref = useCallback(
    (element: Element | null) => {
      attached.current = element !== null
      if (element) leave()
      observed(element)
    },
    [observed, leave],
  )
  const ignored = useCallback(() => ({ ...counts }), [counts])
  return { ref, ignored }
}

/** Reads messages with the adapter of the latest render. */
function following<Signal>(
  first: EmbedProtocol<Signal>,
  latest: { readonly current: { readonly provider: EmbedProtocol<Signal> | undefined } },
): EmbedProtocol<Signal> {
  const now = () => latest.current.provider ?? first
  const { trusts } = first
  return {
    ...first,
    read: (data) => now().read(data),
    trusts:
      trusts === 'page'
        ? trusts
        : (origin) => {
            const trust = now().trusts
            return trust !== 'page' && trust(origin)
          },
  }
}

type Advised = Pick<EmbedOptions<never>, 'name'> & {
  readonly provider: { readonly provider: string } | undefined
}

function adviceOn(
  why: Ignored,
  { name, provider }: Advised,
  origin: string,
): [code: ErrorCode, message: string] {
  const service = provider?.provider ?? ''
  return why === 'origin'
    ? [
        'RMC700',
        `The embed "${name}" ignored a message of ${service} from ${origin}: the adapter does not trust this origin. If it is yours, name it: \`origins: ['${origin}']\`.`,
      ]
    : [
        'RMC701',
        `The embed "${name}" ignored a message from ${origin}: it is not as ${service} documents its messages. Update this library, and report it if that does not help.`,
      ]
}

export function needsProvider(name: string, provider: unknown): void {
  const { provider: service } = Object(provider) as { provider?: unknown }
  if (provider === undefined || typeof service === 'string') return
  const advice =
    typeof provider === 'function'
      ? 'Call it: `provider: calendly()`'
      : 'Give an adapter, such as `calendly()`'
  throw new MicroconversionError(
    'RMC702',
    `The \`provider\` of the embed "${name}" is no adapter (${provider === null ? 'null' : typeof provider}). ${advice}.`,
  )
}

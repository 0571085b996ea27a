'use client'

import { useEffect, useMemo } from 'react'
import type { ChatProtocol } from '../../embeds/chat-signal.ts'
import type { ChatFacts } from '../../plan/facts.ts'
import type { EventsOf, PropertyValue, RegisteredPlan } from '../../plan/register.ts'
import { startContained } from '../../triggers/contained.ts'
import { useFacts } from '../hooks/use-facts.ts'
import type { FactEvents, NamedEvents } from '../wiring/fact-events.ts'
import type { FactOptions } from '../wiring/report.ts'
import { useLatest } from '../wiring/use-latest.ts'
import { needsProvider } from './use-embed.ts'

/** Options of `useChat`, without its events. */
export interface ChatOptions {
  /** Name of the chat, reported as `chat_name`. */
  readonly name: string
  /** Adapter of the service: `intercom()`, `hubspotChat()`, or your own. Default: none; call the functions of the handle. */
  readonly provider?: ChatProtocol | undefined
}

/** Functions that `useChat` returns. */
export interface ChatHandle {
  /** Reports that the user opened the chat. The adapter calls it. */
  readonly opened: () => void
  /** Reports that the user sent the first message of a conversation. The adapter calls it, if its service says so. */
  readonly started: () => void
}

/** Type of `useChat` for the events `E` of a plan. */
export interface UseChat<E = EventsOf<RegisteredPlan>> {
  <
    const Given extends { [name: string]: PropertyValue } = {},
    const Events extends NamedEvents<ChatFacts> = {},
  >(
    options: ChatOptions & FactEvents<E, ChatFacts, Given, Events>,
  ): ChatHandle
}

type ErasedOptions = ChatOptions & Pick<FactOptions, 'events' | 'properties'>

const standard: Readonly<Record<keyof ChatFacts, string>> = { open: 'chat_opened', start: 'chat_started' }

function useErasedChat({ name, provider, events, properties }: ErasedOptions): ChatHandle {
  if (process.env.NODE_ENV !== 'production') needsProvider(name, provider)
  const report = useFacts(standard, { component: 'Chat', name, events, properties })
  const latest = useLatest({ name, provider })
  const handle = useMemo(() => {
    const tell = (fact: keyof ChatFacts) => {
      const { name, provider } = latest.current
      report({ fact, factKey: name, payload: { chat_name: name, chat_provider: provider?.provider ?? '' } })
    }
    return { opened: () => tell('open'), started: () => tell('start') }
  }, [latest, report])
  const service = provider?.provider
  // biome-ignore lint/correctness/useExhaustiveDependencies: an inline adapter is a new object at each render
  useEffect(
    () =>
      startContained(
        report.failed,
        () =>
          latest.current.provider?.listen((fact) => (fact === 'open' ? handle.opened() : handle.started())) ??
          (() => {}),
      ),
    [service, handle, report, latest],
  )
  return handle
}

/**
 * Reports that the user opened a chat, and that the user sent the first message of a conversation. Reads no message and
 * no name. Never loads the service.
 *
 * @example
 * // onShow comes from '@intercom/messenger-js-sdk'.
 *
 * useChat({ name: 'support', provider: intercom({ onShow }) })
 */
export const useChat = useErasedChat as unknown as UseChat

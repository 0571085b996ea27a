import { useEffect, useRef } from 'react'
import { HIGHLIGHT_MENU_CLICK } from 'storybook/highlight'
import { addons } from 'storybook/manager-api'
import { useTheme } from 'storybook/theming'
import { mountOverlay } from '../../devtools/mount-overlay.tsx'
import type { Manifest } from '../../plan/manifest.ts'
import { OUTLINE_ID, type StoryNews } from '../protocol.ts'
import { createReplica, type Replica } from './replica.ts'

/** Views that need no live tracker. */
const tabs = ['timeline', 'network', 'plan', 'session']

interface StoryOverlayProps {
  readonly plan: Manifest
  readonly news: StoryNews
}

/** The overlay over the record of the story. It mounts again for another plan. */
export function StoryOverlay({ plan, news }: StoryOverlayProps) {
  const place = useRef<HTMLDivElement>(null)
  const replica = useRef<Replica>(undefined)
  const latest = useRef(news)
  const { base } = useTheme()
  const written = JSON.stringify(plan)

  useEffect(() => {
    const made = createReplica(JSON.parse(written))
    replica.current = made
    made.show(latest.current.record, latest.current.mount)
    const overlay = mountOverlay(made.tracker, {
      open: true,
      position: 'bottom-right',
      theme: base,
      shortcut: '',
      into: place.current ?? undefined,
      tabs,
    })
    const channel = addons.getChannel()
    const showEvent = (highlight: string, event: string) => {
      if (highlight === OUTLINE_ID) overlay.showAttempts(event)
    }
    channel.on(HIGHLIGHT_MENU_CLICK, showEvent)
    return () => {
      channel.off(HIGHLIGHT_MENU_CLICK, showEvent)
      overlay.unmount()
    }
  }, [written, base])

  useEffect(() => {
    latest.current = news
    replica.current?.show(news.record, news.mount)
  }, [news])

  return <div ref={place} style={{ flex: 1, minBlockSize: 0 }} />
}

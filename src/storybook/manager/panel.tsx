import { useEffect, useState } from 'react'
import { AddonPanel, Badge, EmptyTabContent } from 'storybook/internal/components'
import type { API } from 'storybook/manager-api'
import { useStore } from 'zustand'
import { Actions } from './actions.tsx'
import { Expectations } from './expectations.tsx'
import { StoryOverlay } from './story-overlay.tsx'
import { resultsIn, story } from './story-state.ts'

/** Title of the panel's tab: with the number of attempts, red if an expectation failed. */
export function PanelTitle() {
  const state = useStore(story)
  const { news } = state
  const count = news?.record.decisions.length ?? 0
  const failed = resultsIn(state).some(({ pass }) => !pass)
  return (
    <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
      Microconversions
      {(count > 0 || failed) && (
        <Badge compact status={failed ? 'negative' : 'neutral'}>
          {count}
        </Badge>
      )}
    </span>
  )
}

interface PanelProps {
  readonly active: boolean
  readonly api: API
}

/** The panel: expectations of the story, and what its trackers decided. */
export function Panel({ active, api }: PanelProps) {
  const state = useStore(story)
  const { news } = state
  // Storybook renders every panel; the overlay mounts when the panel is first looked at.
  const [wasActive, setWasActive] = useState(active)
  useEffect(() => setWasActive((was) => was || active), [active])
  return (
    <AddonPanel active={active} hasScrollbar={false}>
      <div style={{ display: 'flex', flexDirection: 'column', blockSize: '100%' }}>
        <Actions api={api} news={news} />
        <Expectations results={resultsIn(state)} />
        {news?.plan && wasActive ? (
          <StoryOverlay plan={news.plan} news={news} />
        ) : (
          <EmptyTabContent
            title="No tracker"
            description="Give the addon a plan: microconversions({ plan }) in the preview, or parameters.microconversions.plan."
          />
        )}
      </div>
    </AddonPanel>
  )
}

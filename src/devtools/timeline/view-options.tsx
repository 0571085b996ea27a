import type { ReactNode } from 'react'
import { useExtensions, useOverlay, useTimeline } from '../overlay-state.ts'
import { useStyles } from '../parts/use-styles.ts'
import { detailStyles } from '../styles/detail.ts'
import { type Column, columns } from './timeline-state.ts'

const titles: Readonly<Record<Column, string>> = {
  time: 'Time',
  delta: 'Delta',
  properties: 'Properties',
  reason: 'Reason',
  component: 'Component',
  trigger: 'Fact',
  page: 'Page',
  destinations: 'Destinations',
  plan: 'Plan',
}

/** Options for the columns of the timeline and for keeping its attempts. */
export function ViewOptions() {
  const { timeline } = useOverlay()
  const hidden = useTimeline((now) => now.hidden)
  const grouped = useTimeline((now) => now.grouped)
  const kept = useTimeline((now) => now.kept)
  const traced = useTimeline((now) => now.traced)
  const extensions = useExtensions((now) => now.columns)
  const styled = useStyles<HTMLFieldSetElement>(detailStyles)
  const all = [...columns.map((id) => ({ id, title: titles[id] })), ...extensions]

  function toggle(column: string) {
    const rest = hidden.filter((other) => other !== column)
    timeline.setState({ hidden: rest.length < hidden.length ? rest : [...hidden, column] })
  }

  return (
    <>
      <fieldset ref={styled} className="columns">
        <legend>Columns</legend>
        {all.map(({ id, title }) => (
          <Check key={id} checked={!hidden.includes(id)} onChange={() => toggle(id)}>
            {title}
          </Check>
        ))}
      </fieldset>
      <Check checked={grouped} onChange={() => timeline.setState({ grouped: !grouped })}>
        Group equal neighbours
      </Check>
      <Check
        checked={kept}
        onChange={() => timeline.setState({ kept: !kept })}
        about="Stores the attempts as they stand here, with their properties, your marks and notes, in the session storage of this tab: the newest, at most 1 MB. Off erases it; so does closing the tab."
      >
        Keep over reloads
      </Check>
      <Check
        checked={traced}
        onChange={() => timeline.setState({ traced: !traced })}
        about="Chromium: a recording in the Performance panel has a track of the decisions."
      >
        Mark decisions in the Performance panel
      </Check>
    </>
  )
}

interface CheckProps {
  readonly checked: boolean
  readonly onChange: () => void
  readonly about?: string
  readonly children: ReactNode
}

function Check({ checked, onChange, about, children }: CheckProps) {
  return (
    <div>
      <label className="check">
        <input type="checkbox" checked={checked} onChange={onChange} />
        {children}
      </label>
      {about && <p className="muted">{about}</p>}
    </div>
  )
}

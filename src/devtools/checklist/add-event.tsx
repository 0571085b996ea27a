import { useId } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { useOverlay, useRecord } from '../overlay-state.ts'
import type { ChecklistState } from './checklist-store.ts'

/** Adds an event of the plan, or all steps of a funnel. */
export function AddEvent({ store }: { readonly store: StoreApi<ChecklistState> }) {
  const { tracker } = useOverlay()
  const { counts } = useRecord('summary')
  const { items } = useStore(store)
  const id = useId()
  const chosen = new Set(items.map(({ event }) => event))
  const planned = [...tracker.plan.events.keys()]
  const others = Object.keys(counts).filter((name) => !tracker.plan.events.has(name))
  const funnels = Object.keys(tracker.plan.funnels)

  function add(value: string) {
    const [kind, name = ''] = value.split(/:(.*)/s)
    const names = kind === 'funnel' ? (tracker.plan.funnels[name]?.steps ?? []) : [name]
    store.setState(({ items: before }) => ({ items: [...before, ...names.map((event) => ({ event }))] }))
  }

  return (
    <div className="block ask">
      <label htmlFor={id}>Add</label>
      <select id={id} value="" onChange={(event) => add(event.target.value)}>
        <option value="" disabled>
          An event or a funnel…
        </option>
        {funnels.map((name) => (
          <option key={name} value={`funnel:${name}`}>
            All steps of the funnel {name}
          </option>
        ))}
        {[...planned, ...others].map((name) => (
          <option key={name} value={`event:${name}`}>
            {name}
            {chosen.has(name) ? ' (again)' : ''}
          </option>
        ))}
      </select>
    </div>
  )
}

import { useId } from 'react'
import type { EventCoverage } from '../../plan/coverage/coverage.ts'
import { type PlanOrder, planOrders, valuesOf, type Wish } from './arrange.ts'

interface PlanFilterProps {
  readonly events: readonly EventCoverage[]
  readonly wish: Wish
  readonly onChange: (wish: Wish) => void
}

/** Search, filters and order of the Plan view. */
export function PlanFilter({ events, wish, onChange }: PlanFilterProps) {
  const id = useId()
  return (
    <search className="plan-filter">
      <input
        type="search"
        aria-label="Search events"
        placeholder="Search events"
        autoComplete="off"
        spellCheck={false}
        value={wish.search}
        onChange={({ target }) => onChange({ ...wish, search: target.value })}
      />
      {(['owner', 'stage'] as const).map((of) => {
        const values = valuesOf(events, of)
        if (values.length === 0) return null
        return (
          <label key={of} htmlFor={`${id}-${of}`}>
            <span className="asked">{of === 'owner' ? 'Owner' : 'Stage'}</span>
            <select
              id={`${id}-${of}`}
              value={wish[of]}
              onChange={({ target }) => onChange({ ...wish, [of]: target.value })}
            >
              <option value="">{of === 'owner' ? 'All owners' : 'All stages'}</option>
              {values.map((value) => (
                <option key={value}>{value}</option>
              ))}
            </select>
          </label>
        )
      })}
      <label htmlFor={`${id}-order`}>
        <span className="asked">Sort by</span>
        <select
          id={`${id}-order`}
          value={wish.order}
          onChange={({ target }) => onChange({ ...wish, order: target.value as PlanOrder })}
        >
          {Object.entries(planOrders).map(([order, words]) => (
            <option key={order} value={order}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </search>
  )
}

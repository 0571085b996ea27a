import { useOverlay, useTimeline } from '../overlay-state.ts'
import type { Order } from './sort.ts'

const heads: readonly (readonly [order: Order, title: string, column?: string])[] = [
  ['event', 'Event'],
  ['verdict', 'Outcome'],
  ['component', 'Component', 'component'],
  ['page', 'Page', 'page'],
]

/** Column heads. Each sorts the list by its column; the time does so in both directions. */
export function ListHead() {
  const { timeline } = useOverlay()
  const order = useTimeline((now) => now.order)
  const hidden = useTimeline((now) => now.hidden)
  const sortBy = (next: Order) =>
    timeline.setState({ order: next === order && next !== 'newest' ? 'newest' : next })
  return (
    <div className="list-head" role="toolbar" aria-label="Sort by">
      {heads.map(
        ([by, title, column]) =>
          !(column && hidden.includes(column)) && (
            <button
              key={by}
              type="button"
              data-column={by}
              aria-pressed={order === by}
              onClick={() => sortBy(by)}
            >
              {title}
            </button>
          ),
      )}
      <button
        type="button"
        data-column="time"
        aria-pressed={order === 'newest' || order === 'oldest'}
        onClick={() => sortBy(order === 'newest' ? 'oldest' : 'newest')}
      >
        Time<span aria-hidden="true">{order === 'oldest' ? ' ↑' : ' ↓'}</span>
        <span className="unseen">{order === 'oldest' ? ', oldest first' : ', newest first'}</span>
      </button>
    </div>
  )
}

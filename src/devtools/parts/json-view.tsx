import { bounds, entriesOf, leafText } from './plain-value.ts'

/** Names and values, nested ones folded below the second level; bounded in depth and number. */
export function JsonView({
  value,
  empty,
  depth = 0,
}: {
  readonly value: unknown
  readonly empty: string
  readonly depth?: number
}) {
  const entries = entriesOf(value) ?? []
  if (entries.length === 0) return <p className="muted">{empty}</p>
  const left = entries.length - bounds.entries
  return (
    <ul className="tree">
      {entries.slice(0, bounds.entries).map(([name, item]) => (
        <li key={name}>
          {depth < bounds.depth && entriesOf(item)?.length ? (
            <details open={depth < 1}>
              <summary>
                <span className="key">{name}:</span> <span className="muted">{leafText(item)}</span>
              </summary>
              <JsonView value={item} empty="" depth={depth + 1} />
            </details>
          ) : (
            <>
              <span className="key">{name}:</span> <span data-type={typeof item}>{leafText(item)}</span>
            </>
          )}
        </li>
      ))}
      {left > 0 && <li className="muted">… {left} more</li>}
    </ul>
  )
}

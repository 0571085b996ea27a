import { bounds, entriesOf, leafText } from './plain-value.ts'

/** Remark on a value of a tree, such as `changed`, by its path: `properties.items.0.sku`. */
export type Marks = ReadonlyMap<string, string>

interface JsonViewProps {
  readonly value: unknown
  /** Text in place of an empty value. */
  readonly empty: string
  /** Remarks on leaves, shown beside them and by colour. */
  readonly marks?: Marks | undefined
  readonly depth?: number
  readonly path?: string
}

/** Tree of names and values. Folds values below the second level, and bounds depth and number. */
export function JsonView({ value, empty, marks, depth = 0, path = '' }: JsonViewProps) {
  const entries = entriesOf(value) ?? []
  if (entries.length === 0) return <p className="muted">{empty}</p>
  const left = entries.length - bounds.entries
  return (
    <ul className="tree">
      {entries.slice(0, bounds.entries).map(([name, item]) => {
        const at = path ? `${path}.${name}` : name
        const mark = marks?.get(at)
        return (
          <li key={name} data-mark={mark}>
            {depth < bounds.depth && entriesOf(item)?.length ? (
              <details open={depth < 1}>
                <summary>
                  <span className="key">{name}:</span> <span className="muted">{leafText(item)}</span>
                </summary>
                <JsonView value={item} empty="" marks={marks} depth={depth + 1} path={at} />
              </details>
            ) : (
              <>
                <span className="key">{name}:</span> <span data-type={typeof item}>{leafText(item)}</span>
                {mark && <span className="tag">{mark}</span>}
              </>
            )}
          </li>
        )
      })}
      {left > 0 && <li className="muted">… {left} more</li>}
    </ul>
  )
}

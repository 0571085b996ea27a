import type { Decision } from '../../engine/record/decision.ts'
import { attemptDifferences } from './attempt-difference.ts'

interface DifferenceTableProps {
  readonly decision: Decision
  readonly other: Decision
}

/** Shows the values in which two attempts differ, side by side. */
export function DifferenceTable({ decision, other }: DifferenceTableProps) {
  const differences = attemptDifferences(decision, other)
  if (differences.length === 0)
    return <p className="muted">They differ in nothing but their time and their ids.</p>
  return (
    <table className="difference-table">
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">This attempt</th>
          <th scope="col">Attempt {other.number}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ path, one, other: there }) => (
          <tr key={path}>
            <th scope="row">{path}</th>
            <td>{one ?? '–'}</td>
            <td>{there ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import type { ReactNode } from 'react'

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="section">
      <h4>{title}</h4>
      {children}
    </div>
  )
}

type Fact = readonly [name: string, value: string | number | undefined, kind?: 'code' | '' | undefined]

/** List of names and values. Omits names without a value. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value, kind]) =>
        value === undefined || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={kind || undefined}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

import { useId } from 'react'

interface ChoiceProps<T extends string> {
  readonly name: string
  readonly options: Readonly<Record<T, string>>
  readonly value: T | undefined
  readonly onChange: (value: T) => void
  /** Shows the name as code. Default false. */
  readonly code?: boolean | undefined
}

/** Radio buttons for a choice of a few options. */
export function Choice<T extends string>({ name, options, value, onChange, code = false }: ChoiceProps<T>) {
  const id = useId()
  return (
    <fieldset className="category">
      <legend className={code ? 'name' : undefined}>{name}</legend>
      <div className="switch">
        {(Object.entries(options) as [T, string][]).map(([option, words]) => (
          <label key={option} data-state={option}>
            <input type="radio" name={id} checked={option === value} onChange={() => onChange(option)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

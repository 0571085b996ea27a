import { useId } from 'react'

interface ChoiceProps<Value extends string> {
  readonly legend: string
  readonly options: readonly (readonly [value: Value, words: string])[]
  readonly value: Value | undefined
  readonly onChange: (next: Value) => void
}

/** One of a few, side by side. */
export function Choice<Value extends string>({ legend, options, value, onChange }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <fieldset className="category">
      <legend className="name">{legend}</legend>
      <div className="switch">
        {options.map(([option, words]) => (
          <label key={option} data-state={option}>
            <input type="radio" name={id} checked={option === value} onChange={() => onChange(option)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

import { useForm } from '@tanstack/react-form'
import { TrackedForm } from 'react-microconversions'
import { tanstackFormProps } from 'react-microconversions/tanstack-form'

export function Signup({ save }: { save: (values: { email: string }) => Promise<unknown> }) {
  const form = useForm({
    defaultValues: { email: '' },
    onSubmit: ({ value }) => save(value),
  })
  return (
    <TrackedForm name="signup" aria-label="Sign up" {...tanstackFormProps(form)}>
      <form.Field
        name="email"
        validators={{ onBlur: ({ value }) => (value.includes('@') ? undefined : 'No e-mail address') }}
      >
        {(field) => (
          <label>
            Work e-mail
            <input
              name={field.name}
              value={field.state.value}
              onBlur={field.handleBlur}
              onChange={(event) => field.handleChange(event.target.value)}
            />
          </label>
        )}
      </form.Field>
      <button type="submit">Sign up</button>
    </TrackedForm>
  )
}

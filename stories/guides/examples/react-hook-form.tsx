import { useForm } from 'react-hook-form'
import { TrackedForm } from 'react-microconversions'
import { hookFormProps } from 'react-microconversions/react-hook-form'

export function Signup({ save }: { save: (values: { email: string }) => Promise<unknown> }) {
  const form = useForm({ mode: 'onBlur', defaultValues: { email: '' } })
  return (
    <TrackedForm name="signup" aria-label="Sign up" {...hookFormProps(form, save)}>
      <label>
        Work e-mail
        <input {...form.register('email', { pattern: /@/ })} />
      </label>
      <button type="submit">Sign up</button>
    </TrackedForm>
  )
}

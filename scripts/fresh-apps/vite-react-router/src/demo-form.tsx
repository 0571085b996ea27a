import { useForm } from 'react-hook-form'
import { TrackedForm } from 'react-microconversions'
import { hookFormProps } from 'react-microconversions/react-hook-form'

export function DemoForm({ save }: { save: (values: { email: string }) => Promise<unknown> }) {
  const form = useForm({ mode: 'onBlur', defaultValues: { email: '' } })
  return (
    <TrackedForm
      name="demo"
      events={{ start: 'demo_form_started', success: 'demo_booked', failure: 'form_failure' }}
      {...hookFormProps(form, save)}
    >
      <input aria-label="Work e-mail" {...form.register('email', { pattern: /@/ })} />
      <button type="submit">Book a demo</button>
    </TrackedForm>
  )
}

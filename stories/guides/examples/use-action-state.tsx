import { useActionState } from 'react'
import { TrackedForm, useTrackedForm } from 'react-microconversions'

export function Signup({ save }: { save: (values: { email: string }) => Promise<unknown> }) {
  const form = useTrackedForm({ name: 'signup' })
  const [, action] = useActionState(
    form.trackAction((_: unknown, data: FormData) => save({ email: String(data.get('email')) })),
    undefined,
  )
  return (
    <TrackedForm form={form} action={action} aria-label="Sign up">
      <label>
        Work e-mail
        <input name="email" pattern=".*@.*" />
      </label>
      <button type="submit">Sign up</button>
    </TrackedForm>
  )
}

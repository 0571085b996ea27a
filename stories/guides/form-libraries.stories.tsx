import type { StoryContext } from '@storybook/react-vite'
import type { ComponentType } from 'react'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { arrived, arrivedNames, verdicts } from '../support/verdicts.ts'
import { Signup as FormikSignup } from './examples/formik.tsx'
import { Signup as HookFormSignup } from './examples/react-hook-form.tsx'
import { Signup as TanstackSignup } from './examples/tanstack-form.tsx'
import { Signup as ActionSignup } from './examples/use-action-state.tsx'

interface SignupProps {
  readonly save: (values: { email: string }) => Promise<unknown>
}

/** Stands for `fetch('/api/signup', …)`. */
const pretendFetch = () =>
  new Promise<Response>((resolve) => setTimeout(() => resolve(new Response(null, { status: 201 })), 50))

async function save() {
  const response = await pretendFetch()
  if (!response.ok) throw response
}

const meta = preview.meta({
  title: 'Guides/Form libraries',
  component: HookFormSignup as ComponentType<SignupProps>,
  decorators: [beside],
  args: { save },
  argTypes: { save: { control: false, description: 'Sends the values; its promise is the outcome.' } },
})

type Context = Pick<StoryContext, 'canvas' | 'canvasElement' | 'userEvent'>
async function signUp({ canvas, canvasElement, userEvent }: Context) {
  await userEvent.type(canvas.getByLabelText('Work e-mail'), 'ines')
  await userEvent.click(canvas.getByRole('button', { name: 'Sign up' }))
  await waitFor(() => expect(verdicts(canvasElement)).toContain('form_failure fired'))
  await userEvent.type(canvas.getByLabelText('Work e-mail'), '@example.com')
  await userEvent.click(canvas.getByRole('button', { name: 'Sign up' }))
  await waitFor(() => expect(verdicts(canvasElement)).toContain('form_success fired'))
  const events = await arrived(canvasElement)
  const failure = events.find(({ name }) => name === 'form_failure')
  await expect(failure?.properties).toMatchObject({ error_code: 'validation', invalid_field_names: 'email' })
  const states = events.map(({ properties }) => properties['field_state'])
  await expect(states).toContain('corrected')
  await expect((await arrivedNames(canvasElement)).filter((name) => name === 'form_success')).toHaveLength(1)
  await expect(JSON.stringify(events)).not.toContain('ines')
}

/** react-hook-form: `hookFormProps` observes the promise of your handler, because `handleSubmit` is also fulfilled if the form is invalid. */
export const ReactHookForm = meta.story({ play: signUp })

/** TanStack Form: `tanstackFormProps` observes the promise that your `onSubmit` returns. */
export const TanStackForm = meta.story({
  render: (args) => <TanstackSignup {...args} />,
  play: signUp,
})

/** Formik: `useFormikSubmit` observes the promise that your `onSubmit` returns, because Formik's `handleSubmit` returns nothing. */
export const Formik = meta.story({
  render: (args) => <FormikSignup {...args} />,
  play: signUp,
})

/** `useActionState`: `trackAction` observes the action itself, because its dispatch function returns nothing. */
export const UseActionState = meta.story({
  render: (args) => <ActionSignup {...args} />,
  play: signUp,
})

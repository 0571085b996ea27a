import { type FormEvent, useRef, useState } from 'react'
import { FormStep, TrackedForm } from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { prop } from '../support/rows.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const steps = ['company', 'contact'] as const

function TwoSteps() {
  const [index, setIndex] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  const name = steps[index] ?? 'company'
  const next = () => {
    if (form.current?.reportValidity()) setIndex(1)
  }
  async function send(event: FormEvent) {
    event.preventDefault()
    // Stands for a request.
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return (
    <TrackedForm ref={form} name="demo" aria-label="Book a demo" onSubmit={send}>
      <FormStep name={name} index={index + 1}>
        <legend>Step {index + 1} of 2</legend>
        <label key={name}>
          {index === 0 ? 'Company' : 'Telephone'}
          <input name={name} required={index === 0} autoComplete="off" />
        </label>
      </FormStep>
      {index === 0 ? (
        <button key="next" type="button" onClick={next}>
          Next
        </button>
      ) : (
        <>
          <button key="back" type="button" onClick={() => setIndex(0)}>
            Back
          </button>
          <button key="send" type="submit">
            Book
          </button>
        </>
      )}
    </TrackedForm>
  )
}

const meta = preview.meta({
  title: 'Components/FormStep',
  component: FormStep,
  decorators: [beside],
  args: { name: 'company', index: 1 },
  argTypes: {
    name: prop('string', 'Reported as `step_name`.'),
    index: { ...prop('number', 'Number of the step, from 1.'), control: { type: 'number', min: 1 } },
    of: {
      ...prop(
        'number',
        'Number of steps. A submission before the last step completes that step, and is neither a submission nor a success of the form.',
      ),
      control: { type: 'number', min: 1 },
    },
    render: {
      ...prop('ReactElement | ((props) => ReactNode)', 'Element to render in place of `<fieldset>`.'),
      control: false,
    },
    children: {
      ...prop('ReactNode', 'Fields of the step. All other props of `<fieldset>` are passed on.'),
      control: false,
    },
    ref: { ...prop('Ref<HTMLFieldSetElement>', 'Receives the element.'), control: false },
  },
})

/** Reports a step when it comes into view. Change the name or the index in the table below. */
export const Playground = meta.story({
  render: (args) => (
    <TrackedForm name="demo" aria-label="Book a demo">
      <FormStep {...args}>
        <legend>Your company</legend>
        <label>
          Company
          <input name="company" autoComplete="off" />
        </label>
      </FormStep>
    </TrackedForm>
  ),
  play: async ({ canvasElement }) => {
    await expect(verdicts(canvasElement)).toEqual(['form_step fired'])
    await expect((await arrived(canvasElement))[0]?.properties).toMatchObject({
      step_name: 'company',
      step_index: 1,
    })
  },
})

/** Reports each step with its direction. A user who goes back may have met an unexpected question. */
export const ThereAndBack = meta.story({
  render: () => <TwoSteps />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Company'), 'Alder')
    await userEvent.click(canvas.getByRole('button', { name: 'Next' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Back' }))
    await waitFor(async () => {
      const walked = (await arrived(canvasElement)).filter(({ name }) => name === 'form_step')
      await expect(
        walked.map(({ properties }) => [properties['step_name'], properties['step_direction']]),
      ).toEqual([
        ['company', 'forward'],
        ['contact', 'forward'],
        ['company', 'back'],
      ])
    })
  },
})

/** Reports a failure in this step if the browser refuses a field. The next step is not reported. */
export const Stuck = meta.story({
  render: () => <TwoSteps />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Next' }))
    await expect(canvas.getByLabelText('Company')).toBeInvalid()
    await waitFor(() => expect(verdicts(canvasElement)).toContain('form_failure fired'))
    const walked = (await arrived(canvasElement)).filter(({ name }) => name === 'form_step')
    await expect(walked).toHaveLength(1)
    const failure = (await arrived(canvasElement)).find(({ name }) => name === 'form_failure')
    await expect(failure?.properties).toMatchObject({ step_name: 'company', invalid_field_names: 'company' })
  },
})

/** Renders another element as the step, such as a `<div>`. */
export const AnotherElement = meta.story({
  render: () => (
    <TrackedForm name="demo" aria-label="Book a demo">
      <FormStep name="contact" index={2} render={<div data-testid="step" />}>
        <label>
          Telephone
          <input name="telephone" autoComplete="off" />
        </label>
      </FormStep>
    </TrackedForm>
  ),
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByTestId('step')).toBeVisible()
    await expect(verdicts(canvasElement)).toEqual(['form_step fired'])
  },
})

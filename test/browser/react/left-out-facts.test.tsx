import { cleanup, fireEvent } from '@testing-library/react'
import { definePlan, event, standardEvents, TrackedForm, TrackedLink } from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const { form_start, form_submit } = standardEvents.form
const withForms = definePlan({
  name: 'site',
  version: '1',
  events: { form_start, form_submit, ...standardEvents.links, demo_booked: event({ macro: true }) },
})
const withoutForms = definePlan({
  name: 'site',
  version: '1',
  events: { demo_booked: event({ macro: true }) },
})

/** Returns the messages with the code RMC208 from now on. */
function heardHints(): () => readonly string[] {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  return () => said.mock.calls.map(([text]) => String(text)).filter((text) => text.startsWith('[RMC208]'))
}

type Events = Readonly<Record<string, string | undefined>> | undefined

/** Types into a form of this name, which is `start`. */
function typeInto(name: string, events: Events, plan: typeof withForms | typeof withoutForms = withForms) {
  const props = { name, events } as { name: string }
  const tracking = renderWithTracking(
    <TrackedForm {...props}>
      <input aria-label={name} name="company" />
    </TrackedForm>,
    { plan },
  )
  fireEvent.input(tracking.getByRole('textbox', { name }), { target: { value: 'A' } })
  tracking.unmount()
  return tracking.decisions().map((decision) => decision.event)
}

it('a form whose `events` leaves out planned standard events says once how to report them', () => {
  const hints = heardHints()
  expect(typeInto('first', { success: 'demo_booked' })).toEqual([])
  expect(typeInto('first', { success: 'demo_booked' })).toEqual([])
  expect(hints()).toHaveLength(1)
  expect(hints()[0]).toMatch(
    /^\[RMC208\] TrackedForm "first" reports only .+ also has form_start, form_submit\. .+`start: 'form_start', submit: 'form_submit'`.+`start: undefined`/,
  )
})

it.each([
  ['it names no events', undefined, withForms],
  ['the fact that occurs is named', { start: 'form_start' }, withForms],
  ['one fact is left out on purpose', { success: 'demo_booked', submit: undefined }, withForms],
  ['the plan has no standard events', { success: 'demo_booked' }, withoutForms],
] as const)('a form says nothing if %s', (why, events, plan) => {
  const hints = heardHints()
  typeInto(why, events, plan)
  expect(hints()).toEqual([])
})

it('a link says it when a use of it is left out', () => {
  const hints = heardHints()
  const { getByRole, decisions } = renderWithTracking(
    <TrackedLink
      href="tel:+442079460000"
      events={{ mail: 'demo_booked' }}
      onClick={(click) => click.preventDefault()}
    >
      Call us
    </TrackedLink>,
    { plan: withForms },
  )
  fireEvent.click(getByRole('link'))
  expect(decisions()).toEqual([])
  expect(hints()).toEqual([
    expect.stringContaining("`outbound: 'click', download: 'file_download', phone: 'phone_clicked'`"),
  ])
})

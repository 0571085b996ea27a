import { TrackedButton, useTrack } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { expect, fireEvent, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { positions } from '../../src/devtools/shell/places.ts'
import { beside, tracking } from '../support/beside.tsx'
import { overlayPanel, overlayRows, withOverlay } from '../support/overlay.ts'
import { prop } from '../support/rows.ts'
import { verdicts } from '../support/verdicts.ts'
import { Attempts } from './attempts.tsx'
import { collector, renaming } from './collectors.ts'
import { LongNamesPage, longNames } from './long-names.tsx'
import { extensions } from './overlay-extensions.tsx'
import { attempts, reasons, reasonsPlan } from './reasons-plan.ts'
import { sharedProps } from './shared-props.ts'

const meta = preview.meta({
  title: 'Devtools/MicroconversionDevtools',
  component: MicroconversionDevtools,
  decorators: [beside],
  parameters: {
    ...reasons,
    docs: {
      description: {
        component:
          'Shows which events fired, which did not, and why. Imported from `react-microconversions/devtools`, it renders nothing in a production build. Imported from `…/devtools/production`, as here, it works in every build.',
      },
      story: { inline: false, height: '640px' },
    },
  },
  ...withOverlay,
  argTypes: {
    defaultOpen: prop('boolean', 'Open from the start; otherwise a button opens the panel.', 'false'),
    enabled: prop(
      'boolean | (() => boolean)',
      'Only for `…/devtools/production`: nothing is rendered until this is true. `urlFlag(name)` reads the address of the page.',
    ),
    position: {
      ...prop(
        "'top-left' | 'top' | 'top-right' | 'left' | 'right' | 'bottom-left' | 'bottom' | 'bottom-right'",
        'Position of the button, and of the panel while it floats. The saved place of the user takes precedence.',
        "'bottom-right'",
      ),
      control: 'select',
      options: [...positions],
    },
    shortcut: {
      ...prop(
        'string | false',
        'Opens and closes the panel outside of fields: two of Ctrl, Alt, Shift, Meta, and a letter, digit or function key.',
        "'Alt+Shift+M'",
      ),
      control: false,
    },
    ...sharedProps,
  },
  render: (args) => (
    <div className="story">
      <Attempts />
      <MicroconversionDevtools key={String(args.defaultOpen)} {...args} />
    </div>
  ),
})

/** Each attempt is one line with its verdict, whether it fired or not. */
export const EveryOutcome = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const { label } of attempts) await userEvent.click(canvas.getByRole('button', { name: label }))
    await expect(verdicts(canvasElement)).toEqual(attempts.map(({ event, verdict }) => `${event} ${verdict}`))
    const panel = await overlayPanel()
    await waitFor(() => {
      expect(panel.getByRole('button', { name: 'Fired 2' })).toBeVisible()
      expect(panel.getByRole('button', { name: 'Held 1' })).toBeVisible()
      expect(panel.getByRole('button', { name: 'Dropped 10' })).toBeVisible()
      expect(panel.getByRole('button', { name: 'Shadow 1' })).toBeVisible()
    })
  },
})

/** The detail of an attempt names the rule that decided it, and when the rule opens again. */
export const WhyItWasDropped = meta.story({
  play: async ({ canvas, userEvent }) => {
    const once = canvas.getByRole('button', { name: 'Once per session' })
    await userEvent.click(once)
    await userEvent.click(once)
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toHaveLength(2))
    await userEvent.click((await panel.findAllByRole('option'))[0] as HTMLElement)
    const detail = await panel.findByRole('article')
    await expect(detail).toHaveTextContent('once per session')
    await expect(detail).toHaveTextContent('opens again when the session ends')
  },
})

/** The name is not in the plan. The overlay suggests the nearest name. */
export const NotInThePlan = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Not in the plan' }))
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toHaveLength(1))
    await userEvent.click((await panel.findAllByRole('option'))[0] as HTMLElement)
    await expect(await panel.findByRole('article')).toHaveTextContent('step_admitted')
  },
})

/** A long session is searched by text and by outcome. */
export const Filtered = meta.story({
  play: async ({ canvas, userEvent }) => {
    for (const { label } of attempts) await userEvent.click(canvas.getByRole('button', { name: label }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('button', { name: 'Shadow 1' }))
    await waitFor(async () => expect(await overlayRows()).toEqual([expect.stringContaining('step_shadowed')]))
  },
})

/** Terms filter by reason, destination or page. A minus hides what a term finds. */
export const FilteredByTerm = meta.story({
  play: async ({ canvas, userEvent }) => {
    for (const { label } of attempts) await userEvent.click(canvas.getByRole('button', { name: label }))
    const panel = await overlayPanel()
    // A simulated keyboard does not reach into a shadow root.
    await fireEvent.input(await panel.findByRole('searchbox'), {
      target: { value: 'plan:unplanned,retired' },
    })
    await waitFor(async () =>
      expect(await overlayRows()).toEqual([
        expect.stringContaining('step_retired'),
        expect.stringContaining('step_admited'),
      ]),
    )
    await userEvent.click((await panel.findAllByRole('option'))[0] as HTMLElement)
    await userEvent.click(await panel.findByRole('button', { name: /^Hide similar/ }))
    await waitFor(async () => expect(await overlayRows()).toEqual([expect.stringContaining('step_admited')]))
    await userEvent.click(await panel.findByRole('button', { name: 'Filters (2)' }))
    await panel.findByLabelText('Destination')
  },
})

/** Ten equal attempts share one line. A pause keeps the list still while you read. */
export const RepeatedAndPaused = meta.story({
  play: async ({ canvas, userEvent }) => {
    const fired = canvas.getByRole('button', { name: 'Fired' })
    for (let time = 0; time < 3; time++) await userEvent.click(fired)
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toEqual([expect.stringContaining('×3')]))
    await userEvent.click(await panel.findByRole('button', { name: 'Pause' }))
    await userEvent.click(fired)
    await userEvent.click(await panel.findByRole('button', { name: 'Resume (1 new)' }))
    await waitFor(async () => expect(await overlayRows()).toEqual([expect.stringContaining('×4')]))
  },
})

/** A mark and a note are kept beside an attempt. */
export const MarkedWithANote = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Wrong property' }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('option'))
    await userEvent.click(await panel.findByRole('button', { name: 'Mark' }))
    await fireEvent.input(await panel.findByRole('textbox', { name: 'Note' }), {
      target: { value: 'Since the new price table' },
    })
    await waitFor(async () =>
      expect(await overlayRows()).toEqual([expect.stringContaining('Since the new price table')]),
    )
    await panel.findByRole('img', { name: 'Marked' })
  },
})

/** Columns are chosen in “View”. */
export const ChosenColumns = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await waitFor(async () => expect((await overlayRows())[0]).toMatch(/Fired.*memory/))
    await userEvent.click(await panel.findByRole('button', { name: 'View' }))
    await userEvent.click(await panel.findByRole('checkbox', { name: 'Destinations' }))
    await waitFor(async () => expect((await overlayRows())[0]).toMatch(/sent to memory/))
    await userEvent.click(await panel.findByRole('checkbox', { name: 'Reason' }))
    await waitFor(async () => expect((await overlayRows())[0]).not.toMatch(/memory/))
  },
})

/** The Plan tab lists events that fired, and events that never did. */
export const Plan = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('tab', { name: 'Plan' }))
    await panel.findByText(/1 of 11/)
  },
})

/** The names of a large company are long. Each can be read in full, and none pushes another away. */
export const LongNames = meta.story({
  parameters: longNames,
  render: (args) => (
    <div className="story">
      <LongNamesPage />
      <MicroconversionDevtools {...args} />
    </div>
  ),
  play: async ({ canvas, userEvent }) => {
    for (const name of ['Scroll the table', 'Wrong property', 'Misspelled', 'Shadow', 'Request', 'Request'])
      await userEvent.click(canvas.getByRole('button', { name }))
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toHaveLength(6))
    await expect(panel.getByRole('button', { name: 'Close' })).toBeVisible()
    const names = await panel.findAllByText('security_and_compliance_whitepaper_requested_by_mail')
    await expect(names[0]).toBeVisible()
  },
})

/** The Health tab lists what counts twice. Its badge shows the number of problems. */
export const Health = meta.story({
  render: (args) => (
    <div className="story">
      <Doubled />
      <MicroconversionDevtools {...args} />
    </div>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Reported twice' }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('tab', { name: 'Health (1 problem)' }, { timeout: 5000 }))
    await panel.findByText('step_admitted is reported by TrackedButton and track at once')
    await panel.findByText(/both count/)
  },
})

function Doubled() {
  const track = useTrack()
  return (
    // eslint-disable-next-line microconversions/no-double-report -- the overlay finds it
    <TrackedButton event="step_admitted" onClick={() => track('step_admitted')}>
      Reported twice
    </TrackedButton>
  )
}

/** “What if” shows which events each answer about consent would have let through. */
export const WhatIf = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Consent denied' }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('tab', { name: 'User' }))
    await panel.findByText(/^If the user denies everything, /)
    await userEvent.click(await panel.findByText('Event by event'))
    const row = await panel.findByRole('row', { name: /^step_refused/ })
    await expect(row).toHaveTextContent('step_refused–nowhereads–nowhere–nowhereads–nowhere–nowhere')
  },
})

/** The User tab changes the answer about consent without a banner. */
export const Consent = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Held until consent' }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('tab', { name: 'User' }))
    const support = await panel.findByRole('group', { name: 'support' })
    const granted = support.querySelectorAll('input')[1] as HTMLElement
    await userEvent.click(granted)
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['step_waiting fired']))
  },
})

/** A destination refuses the events. The Network tab shows its answer, and how to fix the cause. */
export const Network = meta.story({
  parameters: tracking({
    plan: reasonsPlan,
    list: false,
    destinations: [collector('broken', { status: 422, body: '{"error":"no field id"}' })],
  }),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('tab', { name: 'Network' }))
    await panel.findByText('The server rejected it: HTTP 422.')
    await expect(await panel.findByText('1 lost (rejected)')).toBeVisible()
    await userEvent.click(await panel.findByRole('button', { name: 'broken' }))
    const request = (await panel.findByRole('article')).querySelector('summary') as HTMLElement
    await userEvent.click(request)
    await panel.findByText('{"error":"no field id"}')
  },
})

/** The Network tab shows each value that a destination renamed, left out or changed. */
export const NetworkWayOfAnEvent = meta.story({
  parameters: tracking({ plan: reasonsPlan, list: false, destinations: [renaming] }),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toHaveLength(1))
    await userEvent.click((await panel.findAllByRole('option'))[0] as HTMLElement)
    await userEvent.click(await panel.findByRole('button', { name: 'warehouse' }))
    const way = await panel.findByRole('article')
    await waitFor(() => {
      expect(way).toHaveTextContent(/id → row/)
      expect(way).toHaveTextContent(/source: "web"/)
      expect(way).toHaveTextContent('name cut: it may have 8 characters')
    })
  },
})

/** The closed overlay is a button with a count. */
export const Closed = meta.story({
  args: { defaultOpen: false },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    const button = await panel.findByRole('button', { name: /1 fired/ })
    await userEvent.click(button)
    await waitFor(async () => expect(await overlayRows()).toHaveLength(1))
    await userEvent.click((await overlayPanel()).getByRole('button', { name: 'Close' }))
    const closed = await overlayPanel()
    await closed.findByRole('button', { name: /1 fired/ })
  },
})

/** Arrow keys or a drag move the button. */
export const Moved = meta.story({
  args: { defaultOpen: false, position: 'bottom' },
  play: async ({ userEvent }) => {
    const button = await (await overlayPanel()).findByRole('button', { name: /Open microconversions/ })
    button.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowUp}{ArrowUp}')
    const place = () => button.closest('section')?.dataset['position']
    await waitFor(() => expect(place()).toBe('top-right'))
  },
})

const panelOption = async (name: string) =>
  (await overlayPanel()).findByRole<HTMLInputElement>('radio', { name })

/** The docked panel covers nothing, because the page makes room for it. */
export const Docked = meta.story({
  play: async ({ userEvent }) => {
    await userEvent.click((await overlayPanel()).getByRole('button', { name: 'Settings' }))
    await userEvent.click(await panelOption('Right'))
    const room = () => getComputedStyle(document.documentElement).paddingRight
    await waitFor(() => expect(room()).not.toBe('0px'))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('tab', { name: 'Timeline' }))
    const width = await panel.findByRole('separator', { name: 'Width of the panel' })
    const before = Number(width.getAttribute('aria-valuenow'))
    width.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await waitFor(() => expect(Number(width.getAttribute('aria-valuenow'))).toBe(before + 24))
  },
})

/** Settings change position, theme and keys. The browser remembers them for this origin. */
export const Settings = meta.story({
  play: async ({ userEvent }) => {
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('button', { name: 'Settings' }))
    await userEvent.click(await panelOption('Dark'))
    const section = (await panel.findByRole('group', { name: 'Theme' })).closest('section') as HTMLElement
    await waitFor(() => expect(getComputedStyle(section).backgroundColor).toBe('rgb(26, 26, 29)'))
    ;(await panel.findByRole('textbox', { name: 'Shortcut' })).focus()
    await userEvent.keyboard('{Control>}{Alt>}k{/Alt}{/Control}')
    await panel.findByDisplayValue('Ctrl+Alt+K')
    await expect(await panel.findByRole('button', { name: 'Reset settings' })).toBeVisible()
    await expect(JSON.parse(localStorage.getItem('rmc-devtools') ?? '')).toEqual({
      theme: 'dark',
      shortcut: 'Ctrl+Alt+K',
    })
  },
})

/** The overlay opens in a window of its own. Closing the window brings the panel back. */
export const InAWindow = meta.story({
  play: async () => {
    const button = (await overlayPanel()).getByRole('button', { name: 'Open in a window' })
    await expect(button).toBeEnabled()
  },
})

/** In a production build, the panel says why it is there. */
export const ReasonInProduction = meta.story({
  args: { because: 'you are on staging' },
  play: async () => {
    const panel = await overlayPanel()
    await expect(await panel.findByText('you are on staging')).toBeVisible()
  },
})

/** The application adds tabs and columns of its own. */
export const Extended = meta.story({
  args: { extensions },
  parameters: tracking({ plan: reasonsPlan, list: false, destinations: [renaming] }),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toEqual([expect.stringContaining('Team: growth')]))
    await userEvent.click(panel.getAllByRole('option')[0] as HTMLElement)
    await waitFor(() => expect(panel.getAllByText('step_adm in web')).toHaveLength(2))
    await userEvent.click(panel.getByRole('tab', { name: 'Costs' }))
    await expect(await panel.findByText('2 ct for events that fired')).toHaveStyle({ fontWeight: 600 })
  },
})

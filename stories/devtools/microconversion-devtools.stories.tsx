import { TrackedButton, useTrack } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { expect, fireEvent, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { positions } from '../../src/devtools/shell/places.ts'
import { overlayPanel, overlayRows, withOverlay } from '../support/overlay.ts'
import { prop } from '../support/rows.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { verdicts } from '../support/verdicts.ts'
import { Attempts } from './attempts.tsx'
import { collector, renaming } from './collectors.ts'
import { extensions } from './overlay-extensions.tsx'
import { attempts, reasons, reasonsPlan } from './reasons-plan.ts'
import { sharedProps } from './shared-props.ts'

const meta = preview.meta({
  title: 'Devtools/MicroconversionDevtools',
  component: MicroconversionDevtools,
  decorators: [tracked],
  parameters: {
    ...reasons,
    docs: {
      description: {
        component:
          'What fired, what did not, and why. From `react-microconversions/devtools` it is null in a production build; from `…/devtools/production`, as here, it is the overlay in every build.',
      },
      story: { inline: false, height: '640px' },
    },
  },
  ...withOverlay,
  argTypes: {
    defaultOpen: prop('boolean', 'Open from the start; otherwise a button opens the panel.', 'false'),
    enabled: prop(
      'boolean | (() => boolean)',
      'Of `…/devtools/production` only: nothing is there until this is true. `urlFlag(name)` asks the address.',
    ),
    position: {
      ...prop(
        "'top-left' | 'top' | 'top-right' | 'left' | 'right' | 'bottom-left' | 'bottom' | 'bottom-right'",
        'Where the button is, and the panel while it floats. Somebody may have moved it since.',
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

/** Why: each attempt is one line with its verdict in words, whether it fired or not. */
export const EveryOutcome = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const { label } of attempts) await userEvent.click(canvas.getByRole('button', { name: label }))
    await expect(verdicts(canvasElement)).toEqual(attempts.map(({ event, verdict }) => `${event} ${verdict}`))
    const panel = await overlayPanel()
    await waitFor(() => {
      expect(panel.getByRole('button', { name: 'Fired 2' })).toBeVisible()
      expect(panel.getByRole('button', { name: 'Held 1' })).toBeVisible()
      expect(panel.getByRole('button', { name: 'Dropped 10' })).toBeVisible()
      expect(panel.getByRole('button', { name: 'Shadowed 1' })).toBeVisible()
    })
  },
})

/** Why: “it did not fire” is the start of a search. The detail ends it: which rule, since when, and when it opens again. */
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

/** Why: a name that nobody planned is the most common mistake, and a near miss is named. */
export const NotInThePlan = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Not in the plan' }))
    const panel = await overlayPanel()
    await waitFor(async () => expect(await overlayRows()).toHaveLength(1))
    await userEvent.click((await panel.findAllByRole('option'))[0] as HTMLElement)
    await expect(await panel.findByRole('article')).toHaveTextContent('step_admitted')
  },
})

/** Why: a long session is searched, by text and by outcome. */
export const Filtered = meta.story({
  play: async ({ canvas, userEvent }) => {
    for (const { label } of attempts) await userEvent.click(canvas.getByRole('button', { name: label }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('button', { name: 'Shadowed 1' }))
    await waitFor(async () => expect(await overlayRows()).toEqual([expect.stringContaining('step_shadowed')]))
  },
})

/** Why: what is asked often is a term: of the reason, a destination, the page; and what is noise is hidden. */
export const FilteredByTerm = meta.story({
  play: async ({ canvas, userEvent }) => {
    for (const { label } of attempts) await userEvent.click(canvas.getByRole('button', { name: label }))
    const panel = await overlayPanel()
    // A simulated keyboard does not reach into a shadow root.
    await fireEvent.input(await panel.findByRole('searchbox'), {
      target: { value: 'plan:unplanned,deprecated' },
    })
    await waitFor(async () =>
      expect(await overlayRows()).toEqual([
        expect.stringContaining('step_retired'),
        expect.stringContaining('step_admited'),
      ]),
    )
    await userEvent.click((await panel.findAllByRole('option'))[0] as HTMLElement)
    await userEvent.click(await panel.findByRole('button', { name: 'Hide like this' }))
    await waitFor(async () => expect(await overlayRows()).toEqual([expect.stringContaining('step_admited')]))
    await userEvent.click(await panel.findByRole('button', { name: 'Filters (2)' }))
    await panel.findByLabelText('Destination')
  },
})

/** Why: ten times the same is one line that says so, and a pause keeps still what somebody reads. */
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

/** Why: what was seen in a test is worth a word, beside the attempt that it is about. */
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

/** Why: a row has room for what matters to whoever reads it. */
export const ChosenColumns = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await waitFor(async () => expect((await overlayRows())[0]).toMatch(/Fired.*sent to/))
    await userEvent.click(await panel.findByRole('button', { name: 'View' }))
    await userEvent.click(await panel.findByRole('checkbox', { name: 'Reason' }))
    await waitFor(async () => expect((await overlayRows())[0]).not.toMatch(/sent to/))
  },
})

/** Why: what never fired is as telling as what did. The plan shows both. */
export const Plan = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('tab', { name: 'Plan' }))
    await panel.findByText(/1 of 11/)
  },
})

/** Why: what counts twice falsifies every number after it. The tab counts what is wrong. */
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
    <TrackedButton event="step_admitted" onClick={() => track('step_admitted')}>
      Reported twice
    </TrackedButton>
  )
}

/** Why: consent is the commonest reason for a missing event. The table says what each answer would have let through. */
export const WhatIf = meta.story({
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Fired' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Consent denied' }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('tab', { name: 'Visitor' }))
    const row = await panel.findByRole('row', { name: /^step_refused/ })
    await expect(row).toHaveTextContent('step_refused–nowhereads–nowhere–nowhereads–nowhere–nowhere')
  },
})

/** Why: what a visitor’s answer changes can be tried out without the banner. */
export const Consent = meta.story({
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Held until consent' }))
    const panel = await overlayPanel()
    await userEvent.click(await panel.findByRole('tab', { name: 'Visitor' }))
    const support = await panel.findByRole('group', { name: 'support' })
    const granted = support.querySelectorAll('input')[1] as HTMLElement
    await userEvent.click(granted)
    await waitFor(() => expect(verdicts(canvasElement)).toEqual(['step_waiting fired']))
  },
})

/** Why: “sent” is a claim until somebody has seen the answer. A destination that refuses says so, and how to mend it. */
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
    await panel.findByText('The server refused it: HTTP 422.')
    await expect(await panel.findByText('1 rejected')).toBeVisible()
    await userEvent.click(await panel.findByRole('button', { name: 'broken' }))
    const request = (await panel.findByRole('article')).querySelector('summary') as HTMLElement
    await userEvent.click(request)
    await panel.findByText('{"error":"no field id"}')
  },
})

/** Why: what a destination makes of an event is where numbers part. Its way shows each value that was renamed, left out or changed. */
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

/** Why: closed, it is a button that keeps count, and stays out of the way. */
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

/** Why: a button that hides what somebody works on is in the way. It goes where the arrow keys, or a drag, send it. */
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

/** Why: docked, the panel covers nothing: the page makes room. */
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

/** Why: each developer has a screen, a taste and keys that are taken. What is set is remembered on this origin. */
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
    await expect(await panel.findByRole('button', { name: 'Start over' })).toBeVisible()
    await expect(JSON.parse(localStorage.getItem('rmc-devtools') ?? '')).toEqual({
      theme: 'dark',
      shortcut: 'Ctrl+Alt+K',
    })
  },
})

/** Why: with two screens, the overlay has one of them. The window shares the record, and gives the panel back when it closes. */
export const InAWindow = meta.story({
  play: async () => {
    const button = (await overlayPanel()).getByRole('button', { name: 'Open in a window' })
    await expect(button).toBeEnabled()
  },
})

/** Why: whoever sees it in a production build must be able to tell that it is meant. */
export const ReasonInProduction = meta.story({
  args: { because: 'you are on staging' },
  play: async () => {
    const panel = await overlayPanel()
    await expect(await panel.findByText('you are on staging')).toBeVisible()
  },
})

/** Why: what only this application knows, its teams, its prices, its warehouse, is looked for in the same place. */
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

import { type Inspection, inspectionOf } from '../../engine/record/inspection.ts'
import { networkOf, showDelivery } from '../network/network-state.ts'
import type { Overlay, OverlayState } from '../overlay-state.ts'
import { attemptForms } from '../session/attempt-forms.ts'
import { layouts } from '../shell/places.ts'
import { popOut } from '../shell/popout.ts'
import type { TabView } from '../shell/tab-view.ts'
import { clearAttempts, seek, togglePause } from '../timeline/actions.ts'
import { askWhy } from '../why/why-state.ts'

export interface Command {
  /** Words that the tester reads and searches. */
  readonly title: string
  /** Key that does the same. */
  readonly keys?: string | undefined
  readonly run?: () => void
  /** Returns a text to copy, in place of `run`. */
  readonly copy?: () => string
}

/** Returns every command of the overlay: its views and actions, each event of the plan, and each destination. */
export function commandsOf(overlay: Overlay, views: readonly TabView[]): readonly Command[] {
  const inspection = inspectionOf(overlay.tracker)
  return [
    ...viewCommands(overlay, views),
    ...timelineCommands(overlay),
    ...attemptCommands(overlay),
    ...pageCommands(overlay),
    ...consentCommands(overlay),
    ...(inspection ? userCommands(overlay, inspection) : []),
    ...eventCommands(overlay, inspection),
    ...destinationCommands(overlay, inspection),
    ...panelCommands(overlay),
  ]
}

function viewCommands({ state }: Overlay, views: readonly TabView[]): readonly Command[] {
  return views.map(({ id, title }, index) => ({
    title: `Go to ${title}`,
    keys: index < 9 ? String(index + 1) : undefined,
    run: () => state.setState({ tab: id, settings: false }),
  }))
}

function timelineCommands(overlay: Overlay): readonly Command[] {
  const { timeline, showAttempts } = overlay
  const { pausedAt, kept, grouped } = timeline.getState()
  return [
    { title: 'Filter attempts', keys: '/', run: () => seek(overlay) },
    { title: 'Show all attempts', run: () => showAttempts({}) },
    { title: 'Show only problems', run: () => showAttempts({ problems: true }) },
    {
      title: pausedAt === undefined ? 'Pause the timeline' : 'Resume the timeline',
      keys: 'p',
      run: () => togglePause(overlay),
    },
    { title: 'Clear attempts', run: () => clearAttempts(overlay) },
    {
      title: kept ? 'Stop keeping attempts over reloads' : 'Keep attempts over reloads',
      run: () => timeline.setState({ kept: !kept }),
    },
    {
      title: grouped ? 'Show each attempt in a row of its own' : 'Group equal neighbours',
      run: () => timeline.setState({ grouped: !grouped }),
    },
  ]
}

/** Commands for the attempt that the list has chosen. */
function attemptCommands(overlay: Overlay): readonly Command[] {
  const { timeline, tracker } = overlay
  const { shown, active } = timeline.getState()
  const decision = tracker.record.get().decisions.find(({ number }) => number === (shown ?? active))
  if (!decision) return []
  const { number, event, deliveries } = decision
  return [
    ...attemptForms(tracker, decision).map(({ name, text }) => ({
      title: `Copy ${name === 'cURL' || name === 'JSON' ? name : name.toLowerCase()}: ${event}, attempt ${number}`,
      copy: text,
    })),
    ...Object.keys(deliveries).map((name) => ({
      title: `Payload for ${name}: ${event}, attempt ${number}`,
      run: () => showDelivery(overlay, number, name),
    })),
  ]
}

function pageCommands({ state, page }: Overlay): readonly Command[] {
  const { marked } = page.getState()
  return [
    {
      title: 'Pick an element on the page',
      run: () => {
        state.setState({ tab: 'why', settings: false })
        // Leaving a view ends picking.
        setTimeout(() => page.setState({ picking: true }))
      },
    },
    {
      title: marked ? 'Hide counts on the page' : 'Show counts on the page',
      run: () => page.setState({ marked: !marked }),
    },
  ]
}

function consentCommands({ tracker }: Overlay): readonly Command[] {
  const categories = Object.keys(tracker.record.get().consent)
  const answers = [
    ['Grant', 'granted'],
    ['Deny', 'denied'],
  ] as const
  return answers.flatMap(([verb, answer]) => [
    ...categories.map((category) => ({
      title: `${verb} consent: ${category}`,
      run: () => tracker.consent.update({ [category]: answer }),
    })),
    ...(categories.length > 1
      ? [
          {
            title: `${verb} consent: all`,
            run: () => tracker.consent.update(Object.fromEntries(categories.map((name) => [name, answer]))),
          },
        ]
      : []),
  ])
}

function userCommands({ tracker }: Overlay, inspection: Inspection): readonly Command[] {
  return [
    { title: 'Begin a new session', run: () => inspection.endSession() },
    { title: 'Become a new user', run: () => tracker.reset() },
    { title: 'Send what is queued', run: () => void tracker.flush() },
  ]
}

function eventCommands(overlay: Overlay, inspection: Inspection | undefined): readonly Command[] {
  const { state, tracker, showAttempts } = overlay
  const { counts } = tracker.record.get()
  const names = new Set([...tracker.plan.events.keys(), ...Object.keys(counts)])
  return [...names].flatMap((event) => {
    const { watched } = state.getState()
    const others = watched.filter((name) => name !== event)
    const isWatched = others.length < watched.length
    const isLimited = (tracker.plan.events.get(event)?.rules.length ?? 0) > 0
    return [
      { title: `Attempts of ${event}`, run: () => showAttempts({ text: `event:"${event}"` }) },
      { title: `Why not? ${event}`, run: () => askWhy(overlay, event) },
      {
        title: `${isWatched ? 'Stop watching' : 'Watch'} ${event}`,
        run: () => state.setState({ watched: isWatched ? others : [...watched, event] }),
      },
      ...(inspection && isLimited
        ? [{ title: `Reset frequency counters of ${event}`, run: () => inspection.forgetCounts(event) }]
        : []),
    ]
  })
}

function destinationCommands(overlay: Overlay, inspection: Inspection | undefined): readonly Command[] {
  const { delivered } = overlay.tracker.record.get()
  const names = new Set([
    ...(inspection?.destinations ?? []).map(({ name }) => name),
    ...Object.keys(delivered),
  ])
  return [...names].map((name) => ({
    title: `Deliveries to ${name}`,
    run: () => {
      networkOf(overlay).setState({ destination: name, event: undefined })
      overlay.state.setState({ tab: 'network', settings: false })
    },
  }))
}

const layoutTitles = {
  floating: 'Float the panel',
  bottom: 'Dock at the bottom',
  left: 'Dock at the left',
  right: 'Dock at the right',
} as const

function panelCommands(overlay: Overlay): readonly Command[] {
  const { state, embedded } = overlay
  const set = (change: Partial<OverlayState>) => () => state.setState(change)
  return [
    { title: 'Keyboard shortcuts', keys: '?', run: set({ dialog: 'keys' }) },
    { title: 'Settings', run: set({ settings: true }) },
    ...(['system', 'light', 'dark'] as const).map((theme) => ({
      title: `Theme: ${theme}`,
      run: set({ theme }),
    })),
    ...(['comfortable', 'compact'] as const).map((density) => ({
      title: `Density: ${density}`,
      run: set({ density }),
    })),
    ...(embedded
      ? []
      : [
          ...layouts.map((layout) => ({ title: layoutTitles[layout], run: set({ layout }) })),
          { title: 'Open in a window', run: () => void popOut(overlay) },
          { title: 'Close the panel', keys: 'Esc', run: set({ open: false }) },
        ]),
  ]
}

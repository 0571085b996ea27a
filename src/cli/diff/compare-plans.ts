import type { Manifest } from '../../plan/manifest.ts'
import { type Change, changeLevels, changeOf } from './change.ts'
import { compareEvents, wasRead } from './compare-events.ts'
import { same } from './same.ts'

/** Returns the changes between two plans, from the view of a reader of the events; the most severe first. */
export function comparePlans(base: Manifest, head: Manifest): readonly Change[] {
  const renamed = renamesBetween(base, head)
  const changes = [
    ...nameChange(base, head),
    ...Object.entries(base.events).flatMap(([name, event]) => {
      const now = head.events[name]
      if (now) return compareEvents(name, event, now)
      const heir = renamed.get(name)
      return heir === undefined ? [removed(base, name)] : [renamedTo(base, head, name, heir)]
    }),
    ...Object.keys(head.events)
      .filter((name) => !base.events[name] && ![...renamed.values()].includes(name))
      .map((name) => changeOf(name, 'safe', 'is new.')),
    ...compareFunnels(base, head, renamed),
  ]
  return changes.sort((a, b) => changeLevels.indexOf(a.level) - changeLevels.indexOf(b.level))
}

function nameChange({ plan: before }: Manifest, { plan: after }: Manifest): readonly Change[] {
  if (before === after) return []
  return [
    {
      level: 'breaking',
      of: 'plan',
      message: `was renamed from "${before}" to "${after}": counts in browsers start again.`,
    },
  ]
}

function removed({ events }: Manifest, name: string): Change {
  const event = events[name]
  if (event && !wasRead(event)) return changeOf(name, 'words', `was removed; it was ${event.status}.`)
  return changeOf(name, 'breaking', 'was removed: reports of it end. Retire it for a release first.')
}

const words = ['description', 'owner', 'kind', 'priority', 'wireName', 'standard']

/** Maps removed events to new events with the same definition. */
function renamesBetween(base: Manifest, head: Manifest): ReadonlyMap<string, string> {
  const definition = (manifest: Manifest, name: string) =>
    Object.fromEntries(Object.entries(manifest.events[name] ?? {}).filter(([key]) => !words.includes(key)))
  const added = new Set(Object.keys(head.events).filter((name) => !base.events[name]))
  const found = new Map<string, string>()
  for (const name of Object.keys(base.events).filter((each) => !head.events[each])) {
    const heir = [...added].find((each) => same(definition(base, name), definition(head, each)))
    if (heir === undefined) continue
    added.delete(heir)
    found.set(name, heir)
  }
  return found
}

function renamedTo(base: Manifest, head: Manifest, name: string, heir: string): Change {
  const before = base.events[name]?.wireName ?? name
  const after = head.events[heir]?.wireName ?? heir
  if (before === after) return changeOf(heir, 'words', `was ${name}; destinations still receive "${after}".`)
  return changeOf(
    heir,
    'breaking',
    `was renamed from ${name}; reports of the old name end. Keep it as \`wireName: '${before}'\`, or retire ${name} for a release.`,
  )
}

function compareFunnels(
  { funnels: before }: Manifest,
  { funnels: after }: Manifest,
  renamed: ReadonlyMap<string, string>,
): readonly Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name): readonly Change[] => {
    const [was, is] = [before[name], after[name]]
    const of = `funnel ${name}`
    if (!is) return [{ level: 'breaking', of, message: 'was removed.' }]
    if (!was) return [{ level: 'safe', of, message: 'is new.' }]
    const changes: Change[] = []
    const steps = was.steps.map((step) => renamed.get(step) ?? step)
    if (!same(steps, is.steps))
      changes.push({
        level: 'figures',
        of,
        message: `${steps.join(' → ')} became ${is.steps.join(' → ')}.`,
      })
    if (was.within !== is.within)
      changes.push({
        level: 'figures',
        of,
        message: `within ${was.within ?? 'any time'} → ${is.within ?? 'any time'}.`,
      })
    return changes
  })
}

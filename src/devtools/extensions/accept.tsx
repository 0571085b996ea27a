import type { Decision } from '../../engine/record/decision.ts'
import { createWarn } from '../../support/errors.ts'
import { useOverlay } from '../overlay-state.ts'
import { shorten } from '../parts/plain-value.ts'
import { useStyles, useViewStyles } from '../parts/use-styles.ts'
import type { TabView } from '../shell/tab-view.ts'
import { columns as ownColumns } from '../timeline/timeline-state.ts'
import { type Accepted, type AcceptedColumn, noExtensions } from './accepted.ts'
import { ExtensionBoundary } from './extension-boundary.tsx'
import type { ColumnExtension, DevtoolsExtensions, TabExtension } from './extensions.ts'

const warn = createWarn()
const ownStyles = '.extension { padding: 12px 14px } .payload { padding-block: 4px }\n'

/**
 * Validates extensions. Drops a tab or column whose id is invalid or taken, and warns. `tabIds`: ids of the built-in
 * tabs.
 */
export function accept(extensions: DevtoolsExtensions, tabIds: readonly string[]): Accepted {
  try {
    const { tabs = [], columns = [], destinations = {}, styles = '' } = extensions
    return {
      tabs: withOwnId('tab', tabs, tabIds).map(asView),
      columns: withOwnId('column', columns, ownColumns).map(asColumn),
      destinations,
      Styles: () => <span ref={useStyles<HTMLSpanElement>(ownStyles + styles)} hidden />,
    }
  } catch (error) {
    // Plain JavaScript can pass any value.
    warn(
      'RMC303',
      `The \`extensions\` of the overlay are left out, because they cannot be read: ${error}. Give them the shape of \`DevtoolsExtensions\`.`,
    )
    return noExtensions
  }
}

function withOwnId<T extends { readonly id: string }>(
  kind: string,
  all: readonly T[],
  reserved: readonly string[],
): readonly T[] {
  const taken = new Set(reserved)
  return all.filter(({ id }) => {
    const wrong = !/^[\w-]+$/.test(id)
      ? 'an id takes letters, digits, "-" and "_"'
      : reserved.includes(id)
        ? `the overlay has a ${kind} of that id`
        : taken.has(id) && 'its id is there twice'
    taken.add(id)
    if (wrong)
      warn(
        'RMC303',
        `The ${kind} "${id}" in \`extensions\` is left out: ${wrong}, and what is remembered of it could not be told apart. Give it an \`id\` of its own.`,
      )
    return !wrong
  })
}

/** Views by the extension they were created from: a new component type would lose the state of the view. */
const viewsMade = new WeakMap<TabExtension, TabView>()

function asView(tab: TabExtension): TabView {
  const { id, title, View } = tab
  function ExtensionView() {
    const { tracker } = useOverlay()
    const styled = useViewStyles<HTMLDivElement>('')
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      <div ref={styled} className="scroll extension" tabIndex={0}>
        <ExtensionBoundary name={`The tab “${title}”`}>
          <View tracker={tracker} />
        </ExtensionBoundary>
      </div>
    )
  }
  const view = viewsMade.get(tab) ?? { id, title, View: ExtensionView }
  viewsMade.set(tab, view)
  return view
}

function asColumn({ id, title, value }: ColumnExtension): AcceptedColumn {
  const texts = new WeakMap<Decision, string>()
  function ask(decision: Decision): string {
    try {
      return shorten(String(value(decision) ?? ''), 200)
    } catch (error) {
      return `threw ${error}`
    }
  }
  return {
    id,
    title,
    textOf(decision) {
      const text = texts.get(decision) ?? ask(decision)
      texts.set(decision, text)
      return text
    },
  }
}

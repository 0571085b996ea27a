import type { Warn } from '../../support/errors.ts'
import { messageOf } from '../../support/message-of.ts'
import { views } from '../shell/views.tsx'
import { columns as ownColumns } from '../timeline/timeline-state.ts'
import { type Accepted, noExtensions } from './accepted.ts'
import type { DevtoolsExtensions } from './extensions.ts'

/** Leaves out what has no id of its own, and says so. */
export function accept(given: DevtoolsExtensions, warn: Warn): Accepted {
  const { tabs = [], columns = [], destinations = {}, styles = '' } = given
  function withOwnId<T extends { readonly id: string }>(
    kind: string,
    all: readonly T[],
    reserved: readonly string[],
  ) {
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
  try {
    return {
      tabs: withOwnId('tab', tabs, tabIds),
      columns: withOwnId('column', columns, ownColumns),
      destinations,
      styles,
    }
  } catch (error) {
    // Plain JavaScript may give anything.
    warn(
      'RMC303',
      `The \`extensions\` of the overlay are left out, because they cannot be read: ${messageOf(error)}. Give them the shape of \`DevtoolsExtensions\`.`,
    )
    return noExtensions
  }
}

const tabIds = views.map(({ id }) => id)

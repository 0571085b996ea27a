import type { StrictArgTypes, StrictInputType } from 'storybook/internal/types'

/** Shows a union as it is written in the source. Storybook shows the word `union`. */
export function withReadableTypes({ argTypes }: { readonly argTypes: StrictArgTypes }): StrictArgTypes {
  return Object.fromEntries(Object.entries(argTypes).map(([name, argType]) => [name, readable(argType)]))
}

function readable(argType: StrictInputType): StrictInputType {
  const raw = argType.type?.raw
  if (!raw || argType.table?.type?.summary !== 'union') return argType
  const summary = raw.replace(/ \| undefined$/, '')
  return { ...argType, table: { ...argType.table, type: { summary } } }
}

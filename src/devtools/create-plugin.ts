import type { ReactElement } from 'react'

/** Entry of the `plugins` prop of `@tanstack/react-devtools`. */
export interface MicroconversionsPlugin {
  readonly id: string
  readonly name: string
  readonly render: (element: HTMLElement, host: { readonly theme: 'light' | 'dark' }) => ReactElement
}

export function createPlugin(render: (theme: 'light' | 'dark') => ReactElement): MicroconversionsPlugin {
  return {
    id: 'react-microconversions',
    name: 'Microconversions',
    render: (_, { theme }) => render(theme),
  }
}

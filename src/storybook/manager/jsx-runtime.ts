import { createElement, type ElementType, Fragment, type Key } from 'react'

export { Fragment }

/**
 * JSX of the manager's bundle, in place of `react/jsx-runtime`: Storybook shares its own React 18 with addons, but not this
 * module, and that of the project's React 19 creates elements which React 18 refuses.
 */
export function jsx(type: ElementType, props: object, key?: Key) {
  return createElement(type, key === undefined ? props : { ...props, key })
}

export const jsxs = jsx

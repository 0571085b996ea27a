import {
  cloneElement,
  createElement,
  isValidElement,
  type ReactElement,
  type ReactNode,
  type Ref,
  version,
} from 'react'

type AnyProps = Record<string, unknown>

/** Swaps the element of a component: an element that takes over its props, or a function of them. */
export type Render<Props> = ReactElement | ((props: Props) => ReactNode)

/** One element, no wrapper. The swapped element's own props win, its handlers run first, and both refs are filled. */
export function renderElement<Props>(
  tag: string,
  render: Render<Props> | undefined,
  props: AnyProps,
): ReactElement {
  if (typeof render === 'function') return render(props as Props) as ReactElement
  if (!isValidElement<AnyProps>(render)) return createElement(tag, props)
  const own = render.props
  const merged: AnyProps = { ...props, ...own }
  for (const name of Object.keys(own)) {
    const [theirs, ours] = [own[name], props[name]]
    if (!/^on[A-Z]/.test(name) || typeof ours !== 'function') continue
    merged[name] = (...given: unknown[]) => {
      try {
        if (typeof theirs === 'function') theirs(...given)
      } finally {
        ours(...given)
      }
    }
  }
  // Until React 19 the ref of an element was no prop.
  const ownRef = version.startsWith('18.') ? (render as { ref?: unknown }).ref : own['ref']
  return cloneElement(render, {
    ...merged,
    ref: mergeRefs(props['ref'] as Ref<unknown>, ownRef as Ref<unknown>),
  })
}

export function mergeRefs<T>(...refs: readonly (Ref<T> | undefined)[]): Ref<T> | undefined {
  const given = refs.filter((ref) => ref !== null && ref !== undefined)
  if (given.length < 2) return given[0]
  return (element) => {
    const cleanups = given.map((ref) => {
      if (typeof ref === 'function') {
        const cleanup: unknown = ref(element)
        return typeof cleanup === 'function' ? cleanup : () => ref(null)
      }
      ref.current = element
      return () => {
        ref.current = null
      }
    })
    // React 18 ignores what a ref returns, and calls it with null instead.
    return element && !version.startsWith('18.') ? () => cleanups.forEach((clean) => clean()) : undefined
  }
}

import {
  cloneElement,
  createElement,
  isValidElement,
  type ReactElement,
  type ReactNode,
  type Ref,
  version,
} from 'react'

export type AnyProps = Record<string, unknown>

/** Replaces the element of a component: an element that receives its props, or a function of them. */
export type Render<Props> = ReactElement | ((props: Props) => ReactNode)

/**
 * Renders one element without a wrapper. Props of the replacement element take precedence, its handlers run first, and
 * both refs are filled.
 */
export const renderElement = <Props>(
  tag: string,
  render: Render<Props> | undefined,
  props: AnyProps,
): ReactElement => renderMerged(tag, render, withPropsOf(render, props))

/** Renders one element with the props that `withPropsOf` returned. */
export function renderMerged<Props>(
  tag: string,
  render: Render<Props> | undefined,
  props: AnyProps,
): ReactElement {
  if (typeof render === 'function') return render(props as Props) as ReactElement
  return isValidElement(render) ? cloneElement(render, props) : createElement(tag, props)
}

/** Merges the props of the replacement element, if there is one, into the props of a component. */
export function withPropsOf(render: unknown, props: AnyProps): AnyProps {
  if (!isValidElement<AnyProps>(render)) return props
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
  merged['ref'] = mergeRefs(props['ref'] as Ref<unknown>, refOf(render))
  return merged
}

const isReact18 = /* @__PURE__ */ version.startsWith('18.')

/** Returns the ref of an element. Before React 19, `ref` was not a prop. */
export const refOf = (element: ReactElement): Ref<never> =>
  (isReact18 ? (element as { ref?: Ref<never> }) : (element.props as { ref?: Ref<never> })).ref ?? null

/** Fills a ref as React does. Returns a function that empties it. */
export function fillRef<T>(ref: Exclude<Ref<T>, null>, element: T | null): () => void {
  if (typeof ref === 'function') {
    const cleanup: unknown = ref(element)
    // React 18 ignores the return value of a ref and calls the ref with null instead.
    return typeof cleanup === 'function' && !isReact18 ? () => cleanup() : () => void ref(null)
  }
  ref.current = element
  return () => {
    ref.current = null
  }
}

export function mergeRefs<T>(...refs: readonly (Ref<T> | undefined)[]): Ref<T> | undefined {
  const given = refs.filter((ref) => ref !== null && ref !== undefined)
  let filled: (() => void)[] = []
  const fill = (element: T | null) => {
    for (const empty of filled) empty()
    filled = element === null ? [] : given.map((ref) => fillRef(ref, element))
  }
  return given.length < 2 ? given[0] : fill
}

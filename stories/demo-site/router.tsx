import {
  type ComponentPropsWithRef,
  createContext,
  forwardRef,
  type MouseEvent,
  type ReactNode,
  useContext,
  useMemo,
  useState,
} from 'react'

interface Route {
  readonly path: string
  readonly query: URLSearchParams
  readonly navigate: (to: string) => void
}

const RouteContext = createContext<Route | undefined>(undefined)

export function useRoute(): Route {
  const route = useContext(RouteContext)
  if (!route) throw new Error('Outside of the Router.')
  return route
}

interface RouterProps {
  readonly start: string
  /** Called with each new path, where a real router writes the address. */
  readonly onNavigate?: ((path: string) => void) | undefined
  readonly children: ReactNode
}

/** The smallest router that behaves like the real ones: its links prevent their default. */
export function Router({ start, onNavigate, children }: RouterProps) {
  const [location, setLocation] = useState(start)
  const route = useMemo(() => {
    const [path = '/', query = ''] = location.split('?')
    return {
      path,
      query: new URLSearchParams(query),
      navigate: (to: string) => {
        onNavigate?.(to.split('?')[0] ?? '/')
        setLocation(to)
      },
    }
  }, [location, onNavigate])
  return <RouteContext.Provider value={route}>{children}</RouteContext.Provider>
}

export interface LinkProps extends ComponentPropsWithRef<'a'> {
  readonly to: string
}

/** Also what `render` of a PricingLink is given: the click is reported first, on the page where it happened. */
export const Link = forwardRef<HTMLAnchorElement, LinkProps>(function Link({ to, onClick, ...rest }, ref) {
  const { navigate } = useRoute()
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    if (event.defaultPrevented || elsewhere) return
    event.preventDefault()
    navigate(to)
  }
  return <a {...rest} ref={ref} href={to} onClick={follow} />
})

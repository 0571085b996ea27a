import { Component, type ReactNode, Suspense } from 'react'
import { Empty } from '../parts/empty.tsx'

interface ViewBoundaryProps {
  /** Id of the view. A new one resets an error. */
  readonly view: string
  readonly children: ReactNode
}

/**
 * Suspense and error boundary around a view. The rest of the overlay keeps working. The Suspense boundary is the same
 * one for all views: React keeps its old content while the next view loads.
 */
export function ViewBoundary({ view, children }: ViewBoundaryProps) {
  return (
    <Suspense fallback={<Skeleton />}>
      <ErrorBoundary key={view}>{children}</ErrorBoundary>
    </Suspense>
  )
}

/** Grey lines in place of the first view, while it loads. */
function Skeleton() {
  return (
    <div className="skeleton" aria-busy="true">
      <span className="unseen">Loading…</span>
    </div>
  )
}

class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <Empty title="This view could not start">
        The console says why. Load the page again if the development server was restarted.
      </Empty>
    )
  }
}

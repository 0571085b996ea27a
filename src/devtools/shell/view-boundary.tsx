import { Component, type ReactNode, Suspense } from 'react'
import { Empty } from '../parts/empty.tsx'

interface ViewBoundaryProps {
  readonly children: ReactNode
}

/** One view that loads late, or breaks, leaves the rest of the overlay as it is. */
export class ViewBoundary extends Component<ViewBoundaryProps, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (this.state.broken) {
      return (
        <Empty title="This view could not start">
          The console says why. Load the page again if the development server was restarted.
        </Empty>
      )
    }
    return <Suspense fallback={<div aria-busy="true" />}>{this.props.children}</Suspense>
  }
}

import { Component, type ReactNode, Suspense } from 'react'

interface ExtensionBoundaryProps {
  /** Name for the error message, such as `The tab “Costs”`. */
  readonly name: string
  readonly children: ReactNode
}

/** Error boundary around extension code. Shows the error in place of the broken view. */
export class ExtensionBoundary extends Component<
  ExtensionBoundaryProps,
  { readonly error: string | undefined }
> {
  override state = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error: String(error) }
  }

  override render() {
    const { name, children } = this.props
    const { error } = this.state
    if (error !== undefined)
      return (
        <span className="broken" data-trouble="true">
          {name} threw {error}
        </span>
      )
    return <Suspense fallback={<span aria-busy="true" />}>{children}</Suspense>
  }
}

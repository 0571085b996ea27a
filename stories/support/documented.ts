interface DocumentedComponent {
  readonly __docgenInfo?: { readonly description?: string }
}

/** A docstring without its tags. The example of a component is the code of its first story. */
export const describedBy = (component: DocumentedComponent | undefined): string =>
  component?.__docgenInfo?.description?.split(/^@\w+/m)[0]?.trim() ?? ''

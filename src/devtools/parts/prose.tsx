/** Renders a text, with the parts between backticks as code. */
export function Prose({ children }: { readonly children: string }) {
  return children.split(/`([^`]+)`/).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no id
    index % 2 ? <code key={index}>{part}</code> : part,
  )
}

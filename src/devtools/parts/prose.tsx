/** Sentences in which what stands between backticks is code. */
export function Prose({ children }: { readonly children: string }) {
  return children.split(/`([^`]+)`/).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no name
    index % 2 ? <code key={index}>{part}</code> : part,
  )
}

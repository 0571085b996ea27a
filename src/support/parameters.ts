/** The parameters of a query, decoded, in order: as `URLSearchParams`, without a question to the page. */
export function parametersOf(query: string): readonly (readonly [name: string, value: string])[] {
  return query.split('&').flatMap((pair) => {
    if (!pair) return []
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return [[decoded(name), decoded(value)]]
  })
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

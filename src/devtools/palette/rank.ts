export interface Named {
  readonly title: string
}

/**
 * Returns the entries that contain every word of the query, best first: an entry that begins with the query, then those
 * with a word that begins with it. Entries of one rank keep their order.
 */
export function rank<Entry extends Named>(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  const found = entries.flatMap((entry) => {
    const title = entry.title.toLowerCase()
    return words.every((word) => title.includes(word)) ? [{ entry, rank: rankOf(title, words) }] : []
  })
  return found.sort((one, other) => one.rank - other.rank).map(({ entry }) => entry)
}

function rankOf(title: string, words: readonly string[]): number {
  const begins = title.split(/[\s_:,.?]+/)
  const leads = words.filter((word) => begins.some((part) => part.startsWith(word))).length
  return (title.startsWith(words.join(' ')) ? 0 : 1) + (words.length - leads)
}

/** Returns the first `max` UTF-16 units of a text, without half a surrogate pair at their end. */
export const cut = (text: string, max: number): string => text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')

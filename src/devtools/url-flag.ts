/**
 * Creates a function for `enabled` that shows the overlay in this tab after a visit with `?name` in the URL, until a
 * visit with `?name=off`. Anyone who knows the name can see the overlay, with their own events only.
 */
export function urlFlag(name: string): () => boolean {
  const key = `rmc-devtools:${name}`
  return () => {
    const asked = new URLSearchParams(location.search).get(name)
    try {
      if (asked !== null) sessionStorage.setItem(key, asked)
      return (sessionStorage.getItem(key) ?? 'off') !== 'off'
    } catch {
      return (asked ?? 'off') !== 'off' // storage is blocked: applies to this page only
    }
  }
}

/**
 * For `enabled`: `?name` in the address shows the overlay in this tab, until `?name=off`. Whoever knows the name can look;
 * they see their own events.
 */
export function urlFlag(name: string): () => boolean {
  const key = `rmc-devtools:${name}`
  return () => {
    const asked = new URLSearchParams(location.search).get(name)
    try {
      if (asked !== null) sessionStorage.setItem(key, asked)
      return (sessionStorage.getItem(key) ?? 'off') !== 'off'
    } catch {
      return (asked ?? 'off') !== 'off' // storage is blocked: this page only
    }
  }
}

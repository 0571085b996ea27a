/**
 * Binary search in a sorted list: returns the index for which `side` returns 0, or -1. `side` returns a negative number
 * if the target is before the index.
 */
export function bisect(length: number, side: (index: number) => number): number {
  let low = 0
  let high = length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = side(middle)
    if (found === 0) return middle
    if (found < 0) high = middle - 1
    else low = middle + 1
  }
  return -1
}

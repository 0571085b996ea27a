/** The index for which `side` is 0, in a sorted list; negative: it is before this one. -1 if there is none. */
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

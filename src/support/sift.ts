type Accepts<Item> = (part: readonly Item[]) => Promise<boolean | undefined>

/** Places in a refused batch at which single items are tried first: start, end, middle and quarters. */
const PROBES = [0, 1, 0.5, 0.25, 0.75]
/** Maximum number of items that are refused alone before one is accepted. */
const MAX_ALONE = 50

/**
 * Delivers what it can of a batch that was refused as a whole. Items are tried alone, the first five spread over the
 * batch; once one of them is accepted, the rest is halved until each refused item is alone. Returns true if each of
 * the items that were tried was refused; what was not tried then is not refused.
 *
 * `accepts`: whether a part was taken; undefined stops, as when the endpoint does not answer.
 */
export async function sift<Item>(
  items: readonly Item[],
  accepts: Accepts<Item>,
  maxAlone = MAX_ALONE,
): Promise<boolean> {
  const end = items.length - 1
  const probes = PROBES.flatMap((place) => items[Math.round(place * end)] ?? [])
  const untried = new Set(items)
  for (const item of [...new Set([...probes, ...items])].slice(0, maxAlone)) {
    untried.delete(item)
    const accepted = await accepts([item])
    if (accepted) await halve([...untried], accepts)
    if (accepted !== false) return false
  }
  return true
}

/**
 * Tries both halves, and both halves of one that is refused, until each refused item is alone. False:
 * stopped.
 */
export async function halve<Item>(items: readonly Item[], accepts: Accepts<Item>): Promise<boolean> {
  const middle = Math.ceil(items.length / 2)
  for (const half of [items.slice(0, middle), items.slice(middle)]) {
    if (half.length === 0) continue
    const accepted = await accepts(half)
    if (accepted === undefined) return false
    if (!accepted && half.length > 1 && !(await halve(half, accepts))) return false
  }
  return true
}

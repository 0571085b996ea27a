type Accepts<Item> = (part: readonly Item[]) => Promise<boolean | undefined>

/** Places in a refused batch at which single items are tried: start, end, middle and quarters. */
const PROBES = [0, 1, 0.5, 0.25, 0.75]

/**
 * Delivers what it can of a batch that was refused as a whole. Up to five items are tried alone, spread over the batch;
 * once one of them is accepted, the rest is halved until each refused item is alone. Returns what is refused
 * untried: the rest, if each of the five was refused, so that an endpoint that takes nothing is not asked for
 * each item.
 *
 * `accepts`: whether a part was taken; undefined stops, as when the endpoint does not answer.
 */
export async function sift<Item>(items: readonly Item[], accepts: Accepts<Item>): Promise<readonly Item[]> {
  const end = items.length - 1
  const probes = new Set(PROBES.flatMap((place) => items[Math.round(place * end)] ?? []))
  let rest = items
  for (const probe of probes) {
    rest = rest.filter((item) => item !== probe)
    const accepted = await accepts([probe])
    if (accepted) await halve(rest, accepts)
    if (accepted !== false) return []
  }
  return rest
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

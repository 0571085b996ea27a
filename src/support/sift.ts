type Accepts<Item> = (part: readonly Item[]) => Promise<boolean | undefined>

/** Positions in a refused batch, 0-1, at which single items are tried first: start, end, middle and quarters. */
const PROBES = [0, 1, 0.5, 0.25, 0.75]
/** Maximum number of items that are tried alone until one is accepted. */
const MAX_ALONE = 50

/**
 * Delivers as much as possible of a batch that was refused as a whole. Tries single items, the first five spread over
 * the batch. As soon as one is accepted, halves the rest until each refused item is alone. Resolves to true if every
 * item that was tried was refused; items that were not tried then do not count as refused.
 *
 * `accepts` resolves to whether a part was accepted, or to undefined to stop, for example if the endpoint does not
 * answer.
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
 * Tries both halves, and divides each refused half again, until each refused item is alone. Resolves to false if
 * `accepts` has stopped it.
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

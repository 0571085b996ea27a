import type { Decision } from '../../engine/record/decision.ts'

/**
 * Creates a function that returns the watched events that fired since its last call. Those that had fired before the
 * first call are no news. A held attempt is news when it is sent.
 */
export function createWatch(events: readonly string[], known: readonly Decision[]) {
  const wanted = new Set(events)
  const told = new Set<number>()
  const fires = (decisions: readonly Decision[]) =>
    decisions.filter(({ event, outcome }) => outcome === 'fired' && wanted.has(event))
  for (const { number } of fires(known)) told.add(number)
  return (decisions: readonly Decision[]): readonly Decision[] => {
    const news = fires(decisions).filter(({ number }) => !told.has(number))
    for (const { number } of news) told.add(number)
    return news
  }
}

import { uuidOf } from './hex.ts'

/**
 * Returns a 128-bit hash of a string as 32 hexadecimal digits. Synchronous, because `track` is. Not cryptographic: it
 * spreads sampling draws, shortens ledger keys and derives ids from random ids, and protects nothing. It has four
 * multiply-xor lanes, mixed with murmur3's finaliser.
 */
export function hash(text: string): string {
  const lanes = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]
  const factors = [0x01000193, 0x5bd1e995, 0x1b873593, 0xcc9e2d51]
  for (let index = 0; index < text.length; index++) {
    for (let lane = 0; lane < 4; lane++) {
      lanes[lane] = Math.imul((lanes[lane] as number) ^ text.charCodeAt(index), factors[lane] as number)
      lanes[lane] = ((lanes[lane] as number) ^ ((lanes[(lane + 3) & 3] as number) >>> 15)) >>> 0
    }
  }
  let sum = text.length
  for (const lane of lanes) sum = (sum + lane) >>> 0
  return lanes
    .map((lane) => {
      sum = mix(lane ^ sum)
      return sum.toString(16).padStart(8, '0')
    })
    .join('')
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** Returns a UUID version 8 (custom) made of a hash: equal texts give equal ids. */
export const derivedId = (text: string): string => uuidOf(hash(text), 8)

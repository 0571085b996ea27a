import { commitIn, learnCounts } from '../counts/shared-counts.ts'
import { createOpening } from './opening.ts'

/** Functions of the chunk that loads when storage is permitted. */
export const latePart = { createOpening, commitIn, learnCounts }

export type LatePart = typeof latePart

import { loaded } from '../../support/loaded.ts'
import type { LatePart } from './late-part.ts'
import { loadedLatePart, provideLatePart } from './loaded-late-part.ts'

/** Loads the functions that need an open database. Loaded late, because opening a database takes time, and may fail. */
export const loadLatePart = async (): Promise<LatePart> =>
  loadedLatePart() ?? provideLatePart((await loaded(import('./late-part.ts'))).latePart)

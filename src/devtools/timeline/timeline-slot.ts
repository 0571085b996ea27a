import { type ComponentType, createContext } from 'react'

/**
 * The timeline, for parts that load later and show one of their own. They cannot import it, because it loads them.
 */
export const TimelineSlot = createContext<ComponentType>(() => null)

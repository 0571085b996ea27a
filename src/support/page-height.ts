/** Height that a docked overlay adds to a scroll container, in px. The overlay sets it while it is open. */
export const room: { addedPx?: (scroller: Element) => number } = {}

/** Returns the height of the content that a user can scroll through, in px: without what a docked overlay adds. */
export const heightOf = (scroller: Element): number => scroller.scrollHeight - (room.addedPx?.(scroller) ?? 0)

export const positions = [
  'top-left',
  'top',
  'top-right',
  'left',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const
/** A corner, or the middle of a side. */
export type OverlayPosition = (typeof positions)[number]

export const layouts = ['floating', 'bottom', 'left', 'right'] as const
/** How the open panel stands: above the page, or docked at a side, where the page makes room. */
export type OverlayLayout = (typeof layouts)[number]

/** `row` and `column` are 0, 1 or 2; nothing stands in the middle of both. */
function positionIn(row: number, column: number): OverlayPosition | undefined {
  const place = row * 3 + column
  if (Math.min(row, column) < 0 || Math.max(row, column) > 2 || place === 4) return undefined
  return positions[place < 4 ? place : place - 1]
}

/** Where something is let go: by the ninth of the viewport, and from its middle to the nearest side. */
export function positionAt(x: number, y: number, width: number, height: number): OverlayPosition {
  const third = (share: number) => Math.min(2, Math.max(0, Math.floor(share * 3)))
  const [across, down] = [x / width, y / height]
  const vertically = Math.abs(down - 0.5) > Math.abs(across - 0.5)
  const nearest = vertically ? (down < 0.5 ? 'top' : 'bottom') : across < 0.5 ? 'left' : 'right'
  return positionIn(third(down), third(across)) ?? nearest
}

const steps: Readonly<Record<string, readonly [down: number, across: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** One step with an arrow key, over the middle to the other side; undefined at the edge and for other keys. */
export function positionBeyond(from: OverlayPosition, key: string): OverlayPosition | undefined {
  const [down, across] = steps[key] ?? [0, 0]
  const index = positions.indexOf(from)
  const place = index < 4 ? index : index + 1
  const to = (times: number) => positionIn(Math.floor(place / 3) + times * down, (place % 3) + times * across)
  const next = to(1) ?? to(2)
  return next === from ? undefined : next
}

/** How the panel stands in fact: `sheet` where there is no room for more, `whole` in a window or an element of its own. */
export type Stand = OverlayLayout | 'sheet' | 'whole'

/**
 * By how much a size grows with each px that its edge is moved right or down. Negative: the edge is the left or the upper
 * one. A panel in the middle of a side grows in both directions.
 */
export function growthOf(size: 'width' | 'height', stand: Stand, position: OverlayPosition): number {
  const [begins, ends] = size === 'width' ? ['left', 'right'] : ['top', 'bottom']
  const place = stand === 'floating' ? position : stand === 'sheet' ? 'bottom' : stand
  if (place.includes(begins)) return 1
  if (place.includes(ends)) return -1
  return -2
}

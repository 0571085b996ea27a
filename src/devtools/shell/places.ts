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
/** Position in the viewport: a corner, or the middle of a side. */
export type OverlayPosition = (typeof positions)[number]

export const layouts = ['floating', 'bottom', 'left', 'right'] as const
/** Layout of the open panel: floating above the page, or docked at a side, where the page makes room. */
export type OverlayLayout = (typeof layouts)[number]

/** Returns the position at `row` and `column`, each 0, 1 or 2; undefined for the centre. */
function positionIn(row: number, column: number): OverlayPosition | undefined {
  const place = row * 3 + column
  if (Math.min(row, column) < 0 || Math.max(row, column) > 2 || place === 4) return undefined
  return positions[place < 4 ? place : place - 1]
}

/** Returns the position for a drop at `x` and `y`: the ninth of the viewport, or the nearest side for the centre. */
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

/**
 * Returns the position one step away in the direction of an arrow key, skipping the centre; undefined at the edge and
 * for other keys.
 */
export function positionBeyond(from: OverlayPosition, key: string): OverlayPosition | undefined {
  const [down, across] = steps[key] ?? [0, 0]
  const index = positions.indexOf(from)
  const place = index < 4 ? index : index + 1
  const to = (times: number) => positionIn(Math.floor(place / 3) + times * down, (place % 3) + times * across)
  const next = to(1) ?? to(2)
  return next === from ? undefined : next
}

/** Heights of the sheet on a phone, lowest first. */
export const stops = ['low', 'half', 'full'] as const
export type SheetStop = (typeof stops)[number]

const shares: Readonly<Record<SheetStop, number>> = { low: 0.28, half: 0.5, full: 1 }
/** Lowest useful heights in CSS px: the header and a few rows. */
const lowest: Readonly<Record<SheetStop, number>> = { low: 150, half: 320, full: 0 }
/** Strip of the page in CSS px that stays above the sheet. */
const ABOVE = 8

/** Returns the height of a stop in CSS px, in a viewport of this height. */
export function stopHeight(stop: SheetStop, viewport: number): number {
  return Math.min(viewport - ABOVE, Math.max(lowest[stop], Math.round(viewport * shares[stop])))
}

/** Returns the stop nearest to a height in CSS px. */
export function stopAt(height: number, viewport: number): SheetStop {
  const away = (stop: SheetStop) => Math.abs(stopHeight(stop, viewport) - height)
  return stops.reduce((best, stop) => (away(stop) < away(best) ? stop : best))
}

/** Actual layout of the panel: `sheet` on small screens, `whole` in a window or an element. */
export type Stand = OverlayLayout | 'sheet' | 'whole'

/**
 * Returns the growth of a size in px per px that its edge moves right or down. Negative for a left or upper edge. A
 * panel in the middle of a side grows in both directions.
 */
export function growthOf(size: 'width' | 'height', stand: Stand, position: OverlayPosition): number {
  const [begins, ends] = size === 'width' ? ['left', 'right'] : ['top', 'bottom']
  const place = stand === 'floating' ? position : stand === 'sheet' ? 'bottom' : stand
  if (place.includes(begins)) return 1
  if (place.includes(ends)) return -1
  return -2
}

import { NO_DIFFERENCE } from '../statistics/equivalence.ts'
import { rateOf } from '../statistics/rate.ts'
import type { Chart, DailyLine, Mark } from '../text/chart.ts'
import { percent } from '../text/numbers.ts'
import { type Axis, linearAxis, ratioAxis } from './axis.ts'
import { escaped } from './escaped.ts'

const WIDTH = 720
const NAMES = 220
const RIGHT = 620
const ROW = 24
const AXIS = 24
const DAY_ROW = 84

/** Returns a chart as SVG, without styles of its own. It is one image to screen readers: the table below it has the figures. */
export function drawChart(chart: Chart): string {
  switch (chart.shape) {
    case 'bars':
      return drawBars(chart)
    case 'shares':
    case 'ratios':
      return drawMarks(chart)
    case 'days':
      return drawDays(chart)
  }
}

function svg(label: string, height: number, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(label)}">${parts.join('')}</svg>`
}

const text = (x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end' = 'start') =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(content)}</text>`
const line = (kind: string, x1: number, y1: number, x2: number, y2: number) =>
  `<line class="${kind}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`
const rect = (kind: string, x: number, y: number, width: number, height: number) =>
  `<rect class="${kind}" x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(height)}"/>`
const round = (value: number) => Math.round(value * 10) / 10

const MAX_NAME = 30
const shortened = (name: string) => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name)

function drawBars({ label, bars }: Extract<Chart, { shape: 'bars' }>): string {
  const { at } = linearAxis(Math.max(...bars.map(({ value }) => value)), NAMES, RIGHT - 80)
  const rows = bars.flatMap(({ name, value, text: told }, index) => [
    text(0, index * ROW + 16, shortened(name)),
    rect('bar', NAMES, index * ROW + 3, at(value) - NAMES, ROW - 6),
    text(at(value) + 6, index * ROW + 16, told),
  ])
  return svg(label, bars.length * ROW, rows)
}

function drawMarks({ shape, label, marks }: Extract<Chart, { shape: 'shares' | 'ratios' }>): string {
  const height = marks.length * ROW
  const ends = marks.flatMap(({ value, low, high }) => [value, low, high ?? value])
  const isRatio = shape === 'ratios'
  const axis = isRatio ? ratioAxis(ends, NAMES, RIGHT) : linearAxis(Math.max(...ends), NAMES, RIGHT)
  const written = isRatio ? (value: number) => String(value) : (value: number) => percent(value)
  const { low, high } = NO_DIFFERENCE
  return svg(label, height + AXIS, [
    ...(isRatio ? [rect('band', axis.at(low), 0, axis.at(high) - axis.at(low), height)] : []),
    ...axis.ticks.flatMap((tick) => [
      line(isRatio && tick === 1 ? 'one' : 'grid', axis.at(tick), 0, axis.at(tick), height),
      text(axis.at(tick), height + 16, written(tick), 'middle'),
    ]),
    ...marks.flatMap((mark, index) => drawMark(mark, index * ROW, axis)),
  ])
}

function drawMark(
  { name, value, low, high, indent = false }: Mark,
  top: number,
  { at }: Axis,
): readonly string[] {
  const middle = top + ROW / 2
  return [
    text(indent ? 16 : 0, top + 16, shortened(name)),
    line('whisker', at(low), middle, high === null ? RIGHT : at(high), middle),
    `<circle class="dot" cx="${round(at(value))}" cy="${middle}" r="4"/>`,
  ]
}

function drawDays({ label, lines, releases }: Extract<Chart, { shape: 'days' }>): string {
  const all = lines.flatMap(({ days }) => days.map(({ day }) => day)).sort()
  const [first, last] = [Date.parse(all[0] ?? ''), Date.parse(all.at(-1) ?? '')]
  const at = (day: string) =>
    NAMES + ((Date.parse(day) - first) / Math.max(1, last - first)) * (RIGHT - NAMES)
  const height = lines.length * DAY_ROW
  const [begin = '', end = ''] = [all[0], all.at(-1)]
  // A release that was there on the first day did not appear then.
  const appeared = releases.filter(({ day }) => day > begin && day <= end)
  return svg(label, height + 2 * AXIS, [
    text(NAMES, height + 16, begin),
    text(RIGHT, height + 16, end, 'end'),
    ...appeared.flatMap(({ day, release }) => [
      line('release', at(day), 0, at(day), height + AXIS),
      text(at(day), height + AXIS + 16, shortened(release), 'middle'),
    ]),
    ...lines.flatMap((each, index) => drawLine(each, index * DAY_ROW, at)),
  ])
}

/** One event: its daily share over the band in which 19 of 20 days would be by chance. */
function drawLine({ name, days }: DailyLine, top: number, at: (day: string) => number): readonly string[] {
  const known = days.filter(({ n }) => n > 0)
  const total = known.reduce((sum, { k, n }) => ({ k: sum.k + k, n: sum.n + n }), { k: 0, n: 0 })
  const usual = total.k / Math.max(1, total.n)
  const band = known.map(({ day, n }) => ({ x: at(day), ...rateOf({ k: usual * n, n }) }))
  const max = Math.max(...known.map(({ k, n }) => k / n), ...band.map(({ high }) => high))
  const axis = linearAxis(max, top + DAY_ROW - 10, top + 10)
  const point = (x: number, share: number) => `${round(x)},${round(axis.at(share))}`
  const around = [
    ...band.map(({ x, high }) => point(x, high)),
    ...band.toReversed().map(({ x, low }) => point(x, low)),
  ]
  const end = axis.ticks.at(-1) as number
  return [
    text(0, top + DAY_ROW / 2 + 4, shortened(name)),
    line('grid', NAMES, axis.at(0), RIGHT, axis.at(0)),
    text(RIGHT + 8, axis.at(end) + 8, percent(end)),
    text(RIGHT + 8, axis.at(0), '0'),
    `<polygon class="band" points="${around.join(' ')}"/>`,
    `<polyline class="line" points="${known.map(({ day, k, n }) => point(at(day), k / n)).join(' ')}"/>`,
  ]
}

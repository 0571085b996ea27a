import { useEffect, useMemo, useRef, useState } from 'react'
import { own } from '../../support/unclobbered.ts'
import { useOverlay, useRecord } from '../overlay-state.ts'
import { useStyles } from '../parts/use-styles.ts'
import { pageStyles } from '../styles/page.ts'
import { usePageState } from './page-state.ts'
import { startPicking } from './pick.ts'
import { isWholePage, type Reporter, reportersAt, reportersOf, titleOf } from './reporters.ts'
import { type Box, useFrameBoxes } from './use-frame-boxes.ts'

/** Maximum elements with a mark. */
const MAX_MARKS = 200
const EVERY_MS = 1_000

/** Frames and counts that the overlay draws over the page. They ignore the pointer. */
export function PageMarks() {
  const { page } = useOverlay()
  const framed = usePageState(page, (now) => now.framed)
  const picking = usePageState(page, (now) => now.picking)
  const marked = usePageState(page, (now) => now.marked)
  const styled = useStyles<HTMLDivElement>(pageStyles)
  return (
    <div ref={styled} className="marks" aria-hidden="true">
      {marked && <Counts />}
      <Frames elements={framed} />
      {picking && <Picker />}
    </div>
  )
}

function Frames({ elements }: { readonly elements: readonly Element[] }) {
  const { tracker } = useOverlay()
  const boxes = useFrameBoxes(elements)
  const reporters = useMemo(() => (elements.length ? reportersOf(tracker) : []), [tracker, elements])
  return boxes.map((box, index) => {
    const element = elements[index]
    if (!box || !element) return null
    const titles = reporters.filter(({ instrument }) => instrument.element === element).map(titleOf)
    // biome-ignore lint/suspicious/noArrayIndexKey: elements have no id
    return <Frame key={index} box={box} label={isWholePage(element) ? '' : titles.join(', ')} />
  })
}

function Frame({ box, label }: { readonly box: Box; readonly label: string }) {
  return (
    <div className="frame" style={placed(box)}>
      {label && <span className={box.top < 24 ? 'label inside' : 'label'}>{label}</span>}
    </div>
  )
}

const placed = ({ top, left, width, height }: Box) => ({
  transform: `translate(${left}px, ${top}px)`,
  inlineSize: width,
  blockSize: height,
})

function Picker() {
  const { tracker, state, page } = useOverlay()
  const [pointed, setPointed] = useState<readonly Element[]>([])
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const at = (element: Element) => reportersAt(reportersOf(tracker), element)[0]?.instrument.element
    const { current } = root
    if (!current) return undefined
    const stop = startPicking(current.getRootNode(), {
      onPoint(element) {
        const found = element && at(element)
        setPointed(found ? [found] : [])
      },
      onPick(element) {
        page.setState({ picking: false, picked: at(element) ?? element })
        state.setState({ open: true, tab: 'why' })
      },
      onCancel: () => page.setState({ picking: false }),
    })
    page.setState({ catching: true })
    return () => {
      stop()
      page.setState({ catching: false })
    }
  }, [tracker, state, page])
  return (
    <div ref={root}>
      <Frames elements={pointed} />
    </div>
  )
}

/** Shows beside each element that can report how many of its events have fired. */
function Counts() {
  const { tracker } = useOverlay()
  const { counts } = useRecord('summary')
  const [reporters, setReporters] = useState<readonly Reporter[]>([])
  useEffect(() => {
    const look = () =>
      setReporters(
        reportersOf(tracker)
          .filter(({ instrument }) => !isWholePage(instrument.element))
          .slice(0, MAX_MARKS),
      )
    look()
    const timer = setInterval(look, EVERY_MS)
    return () => clearInterval(timer)
  }, [tracker])
  const elements = useMemo(() => reporters.map(({ instrument }) => instrument.element), [reporters])
  const boxes = useFrameBoxes(elements)
  return reporters.map(({ events, instrument }, index) => {
    const box = boxes[index]
    if (!box) return null
    const names = [...new Set(Object.values(events).filter((event) => event !== undefined))]
    const fired = names.reduce((sum, name) => sum + (counts[name]?.fired ?? 0), 0)
    return (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: two reporters may share an element
        key={index}
        className="mark"
        data-fired={fired > 0}
        style={{ transform: `translate(${box.left}px, ${box.top}px)` }}
      >
        {own(instrument.element, 'localName') === 'form' ? 'form ' : ''}
        {fired}
      </span>
    )
  })
}

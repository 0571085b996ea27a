import { HIGHLIGHT, type HighlightOptions, REMOVE_HIGHLIGHT } from 'storybook/highlight'
import { type Reporter, reportersOf, titleOf } from '../../devtools/page/reporters.ts'
import { OUTLINE_ID } from '../protocol.ts'
import { selectorOf } from './selector-of.ts'
import { currentStory, logOf } from './story-log.ts'

interface Channel {
  readonly emit: (name: string, ...given: unknown[]) => void
}

/** Outlines the elements of the story that report, each with a menu of its events, or removes the outlines. */
export function outlineReporters(channel: Channel, shown: boolean): void {
  channel.emit(REMOVE_HIGHLIGHT, OUTLINE_ID)
  const trackers = logOf(currentStory() ?? '')?.trackers ?? []
  const reporters = [...trackers].flatMap(reportersOf)
  if (shown && reporters.length > 0) channel.emit(HIGHLIGHT, highlightOf(reporters))
}

function highlightOf(reporters: readonly Reporter[]): HighlightOptions {
  return {
    id: OUTLINE_ID,
    selectors: [...new Set(reporters.map(({ instrument }) => selectorOf(instrument.element)))],
    styles: { outline: '2px solid #0b6b57', outlineOffset: '2px' },
    hoverStyles: { outlineWidth: '3px' },
    menu: reporters.map(menuOf),
  }
}

/** Lists the facts of a reporter with their events. A click on one asks the panel for the attempts of the event. */
function menuOf(reporter: Reporter) {
  const selectors = [selectorOf(reporter.instrument.element)]
  return Object.entries(reporter.events).map(([fact, event]) => ({
    id: event ?? fact,
    title: event ?? `${fact}: no event`,
    description: `${titleOf(reporter)}, ${fact}`,
    clickable: event !== undefined,
    selectors,
  }))
}

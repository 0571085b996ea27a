import type { ReactNode } from 'react'
import type { AnyPlan } from '../../plan/define-plan.ts'
import { keepInstruments } from '../../react/wiring/instrumented.ts'
import type { MicroconversionsParameters, StoryGlobals } from '../parameters.ts'
import { messages, PARAM_KEY } from '../protocol.ts'
import { outlineReporters } from './outline.ts'
import { openChannel, publish, publishSoon } from './publish.ts'
import { failInTest, reportOf, type StoryReport } from './report-story.ts'
import { stayHere } from './stay-here.ts'
import { beginMount, currentStory, followTrackers } from './story-log.ts'
import { globalTypes } from './toolbar.ts'
import { TrackedStory } from './tracked-story.tsx'

/** The part of Storybook's context that the addon reads. */
export interface StoryContext {
  readonly id: string
  readonly viewMode?: string | undefined
  readonly canvasElement: HTMLElement
  readonly globals: Readonly<Record<string, unknown>>
  readonly parameters: Readonly<Record<string, unknown>>
}

const parametersOf = ({ parameters }: StoryContext): MicroconversionsParameters => parameters[PARAM_KEY] ?? {}

/** Storybook's annotations of the addon. `plan`: the plan of stories that name none. */
export function annotationsFor(plan?: AnyPlan) {
  startListening()
  return {
    globalTypes,
    decorators: [(Story: () => ReactNode, context: StoryContext) => provideTracker(Story, context, plan)],
    beforeEach,
    afterEach,
  }
}

let isListening = false

/** Follows trackers, and answers the panel. Before the stories load, so that it sees trackers which their modules create. */
function startListening(): void {
  if (isListening) return
  isListening = true
  keepInstruments()
  followTrackers(publishSoon)
  const channel = openChannel()
  channel?.on(messages.ask, () => {
    const id = currentStory()
    if (id !== undefined) publish(id)
  })
  channel?.on(messages.outline, (shown: boolean) => outlineReporters(channel, shown))
}

function provideTracker(Story: () => ReactNode, context: StoryContext, ofAddon: AnyPlan | undefined) {
  const parameters = parametersOf(context)
  const { disable = false, provide = true } = parameters
  const plan = parameters.plan?.() ?? ofAddon
  if (disable || !provide || !plan) return <Story />
  const { id, canvasElement } = context
  const globals: StoryGlobals = context.globals
  return (
    <TrackedStory {...{ id, canvas: canvasElement, plan, parameters, globals }}>
      <Story />
    </TrackedStory>
  )
}

function beforeEach(context: StoryContext): () => void {
  const { disable = false, stayHere: stays = true } = parametersOf(context)
  const end = beginMount(context.id)
  const leave = disable || !stays ? undefined : stayHere(context.canvasElement)
  return () => {
    end()
    leave?.()
  }
}

/** The part of the context that takes a report. */
export interface Reporting {
  readonly reporting: { readonly addReport: (report: StoryReport) => void }
}

async function afterEach(context: StoryContext & Reporting): Promise<void> {
  const parameters = parametersOf(context)
  const isStory = context.viewMode === undefined || context.viewMode === 'story'
  if (parameters.disable || !isStory) return
  const report = await reportOf(context.id, parameters)
  publish(context.id)
  context.reporting.addReport(report)
  failInTest(report)
}

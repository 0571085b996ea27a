import { addons } from 'storybook/manager-api'
import type { WantedEvent } from '../expected.ts'
import { messages, type SaveAnswer, type SaveRequest } from '../protocol.ts'

const PATIENCE_MS = 5_000

interface StoryPlace {
  readonly id: string
  readonly importPath: string
  readonly exportName: string
}

/** Writes the expectation into the story's file; copies it where that is not possible. Returns a note on what it did. */
export async function saveExpectation(
  { id, importPath, exportName }: StoryPlace,
  expect: readonly WantedEvent[],
): Promise<string> {
  const answer = await ask({ id, importPath, exportName, expect })
  if ('file' in answer) return `Saved in ${answer.file}.`
  const isCopied = await navigator.clipboard.writeText(codeOf(expect)).then(
    () => true,
    () => false,
  )
  return isCopied ? `Copied, not saved: ${answer.problem}` : `Neither saved nor copied: ${answer.problem}`
}

const codeOf = (expect: readonly WantedEvent[]) => `expect: ${JSON.stringify(expect, null, 2)},`

function ask(request: SaveRequest): Promise<SaveAnswer> {
  const { id } = request
  const isStatic = (globalThis as { CONFIG_TYPE?: unknown }).CONFIG_TYPE !== 'DEVELOPMENT'
  if (isStatic) return Promise.resolve({ id, problem: 'a static Storybook cannot write files.' })
  const channel = addons.getChannel()
  return new Promise((resolve) => {
    const end = (answer: SaveAnswer) => {
      if (answer.id !== id) return
      clearTimeout(timer)
      channel.off(messages.saved, end)
      resolve(answer)
    }
    const timer = setTimeout(() => end({ id, problem: 'the server does not answer.' }), PATIENCE_MS)
    channel.on(messages.saved, end)
    channel.emit(messages.save, request)
  })
}

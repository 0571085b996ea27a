import { messageOf } from '../support/message-of.ts'
import { messages, type SaveAnswer, type SaveRequest } from './protocol.ts'

interface Channel {
  readonly on: (name: string, listener: (request: SaveRequest) => void) => void
  readonly emit: (name: string, answer: SaveAnswer) => void
}

/** Entries that Vite prebundles: `preview/default-annotations.ts` imports this one by name. */
export const optimizeViteDeps: readonly string[] = ['react-microconversions/storybook']

/** Writes expectations for the panel. Storybook calls it in its dev server. */
export async function experimental_serverChannel<C extends Channel>(channel: C): Promise<C> {
  channel.on(messages.save, async (request) => {
    const { id, importPath } = request
    try {
      // Loaded when it is needed: Babel takes its time.
      const { writeExpectation } = await import('./write-expectation.ts')
      await writeExpectation(request)
      channel.emit(messages.saved, { id, file: importPath })
    } catch (error) {
      channel.emit(messages.saved, { id, problem: messageOf(error) })
    }
  })
  return channel
}

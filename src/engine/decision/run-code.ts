import { messageOf } from '../../support/message-of.ts'

/** Runs a function of the application. If it throws, the error contains the name of the function. */
export function runCode<T>(name: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw new Error(`\`${name}\` threw: ${messageOf(error).slice(0, 500)}`, { cause: error })
  }
}

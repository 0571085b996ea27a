/** Error that ends the command with exit code 2; its message is printed as one sentence. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Returns the first paragraph of an error's message on one line, without code frames and stacks. */
export function sentenceOf(error: unknown): string {
  const [first = ''] = messageOf(error)
    .trim()
    .split(/\n\s*\n|\n\s+at /)
  return first.replaceAll(/\s*\n\s*/g, ' ')
}

/** A message that GitHub Actions shows beside the code. */
export interface Annotation {
  readonly kind: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string | undefined
  readonly line?: number | undefined
}

/**
 * Returns the workflow command that creates an annotation:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotation({ kind, title, message, file, line }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${inProperty(file)}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${inProperty(title)}`,
  ]
  return `::${kind} ${properties.join(',')}::${inMessage(message)}\n`
}

const inMessage = (text: string) =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const inProperty = (text: string) => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

import { decoded } from './decoded.ts'

/** Returns the decoded parameters of a query, in order, like `URLSearchParams` but without a global of the page. */
export function parametersOf(query: string): readonly (readonly [name: string, value: string])[] {
  return query.split('&').flatMap((pair) => {
    if (!pair) return []
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return [[spaced(name), spaced(value)]]
  })
}

const spaced = (text: string): string => decoded(text.replaceAll('+', ' '))

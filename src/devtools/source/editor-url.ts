import type { CodePlace } from './place.ts'

/** What opens a place of the code, at the development server that has served it from `url`. */
export function editorUrlFor({ file, line, column }: CodePlace, url: string): string {
  const whole = `${file}:${line}:${column}`
  if (/\/_next\/|^webpack-internal:\/\/\/\(/.test(url))
    // Next.js 15.5 and later reads the first pair, earlier ones the second.
    return `/__nextjs_launch-editor?${new URLSearchParams({ file, line1: `${line}`, column1: `${column}`, lineNumber: `${line}`, column: `${column}` })}`
  if (url.startsWith('webpack'))
    return `/webpack-dev-server/open-editor?${new URLSearchParams({ fileName: whole })}`
  return `/__open-in-editor?${new URLSearchParams({ file: whole })}`
}

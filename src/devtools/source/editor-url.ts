import type { CodePlace } from './place.ts'

/** Returns the editor endpoint for a source location, on the development server that served the code from `url`. */
export function editorUrlFor({ file, line, column }: CodePlace, url: string): string {
  const whole = `${file}:${line}:${column}`
  if (/\/_next\/|^webpack-internal:\/\/\/\(/.test(url))
    // Next.js 15.5 and later reads the first pair of parameters, earlier versions the second.
    return `/__nextjs_launch-editor?${new URLSearchParams({ file, line1: `${line}`, column1: `${column}`, lineNumber: `${line}`, column: `${column}` })}`
  if (url.startsWith('webpack'))
    return `/webpack-dev-server/open-editor?${new URLSearchParams({ fileName: whole })}`
  return `/__open-in-editor?${new URLSearchParams({ file: whole })}`
}

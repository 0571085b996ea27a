/** One frame of a stack trace. */
export interface Frame {
  readonly name: string
  /** URL of the served file. */
  readonly url: string
  /** Line and column in the served file, from 1. */
  readonly line: number
  readonly column: number
}

const forms = [
  /^\s*at (?:async )?(?:(.*?) \()?(\S.*?):(\d+):(\d+)\)?$/, // Chromium
  /^(.*?)@(\S.*):(\d+):(\d+)$/, // Firefox, Safari
]

/** Parses a stack trace, innermost frame first. Skips lines without a location. */
export function framesOf(stack: string): readonly Frame[] {
  return stack.split('\n').flatMap((text) => {
    for (const form of forms) {
      const [, name = '', url = '', line, column] = form.exec(text) ?? []
      if (url) return [{ name, url, line: Number(line), column: Number(column) }]
    }
    return []
  })
}

/** First of React's own frames, and everything that called it. */
const bottom = /\n[^\n]*(?:react[-_]stack[-_]bottom[-_]frame|renderWithHooks)[\s\S]*/

/** Returns the part of a component's stack trace above React's own frames. */
export const aboveReact = (stack: string): string => stack.replace(bottom, '')

/** Returns the frames of the application. `own`: the frame of this library with which its stack traces begin. */
export function framesOfApp(frames: readonly Frame[], own: Frame | undefined): readonly Frame[] {
  // A development server serves all files of the library below one folder; a bundle has them in one file.
  const library = own?.url.replace(/\/(?:engine|react)\/(?:[\w-]+\/)?[\w-]+\.[jt]s\b.*$/, '/') ?? ''
  return frames.filter(({ url }) => !(library && url.startsWith(library)) && !foreign.test(url))
}

const foreign = /node_modules[/_]|^(?:node|chrome-extension|moz-extension):|<anonymous>/

/** Returns the component name of a frame, such as `PricingPage`; undefined if the function is not a component. */
export function componentOf({ name }: Frame): string | undefined {
  return /^(?:Object\.|new )?([A-Z][\w$]*)/.exec(name)?.[1]
}

/** Returns the file path of a URL from a development server or a source map, such as `src/pages/pricing.tsx`. */
export function fileOf(url: string): string {
  const [path = ''] = url.split(/[?#]/)
  const file = path
    .replace(/^webpack(?:-internal)?:\/\/(?:[^/]*\/)?(?:\([^)]*\)\/)?/, '')
    .replace(/^turbopack:\/{2,3}(?:\[project\]\/)?/, '')
    .replace(/^https?:\/\/[^/]+\/(?:@fs(?=\/))?/, '')
    .replace(/^file:\/\/(?:\/(?=[A-Z]:))?/i, '')
    .replace(/^\.\//, '')
  try {
    return decodeURIComponent(file)
  } catch {
    return file
  }
}

/** One line of a stack, as the browser writes it. */
export interface Frame {
  readonly name: string
  /** Of what was served. */
  readonly url: string
  /** From 1, in what was served. */
  readonly line: number
  readonly column: number
}

const forms = [
  /^\s*at (?:async )?(?:(.*?) \()?(\S.*?):(\d+):(\d+)\)?$/, // Chromium
  /^(.*?)@(\S.*):(\d+):(\d+)$/, // Firefox, Safari
]

/** Nearest first; lines that name no place are left out. */
export function framesOf(stack: string): readonly Frame[] {
  return stack.split('\n').flatMap((text) => {
    for (const form of forms) {
      const [, name = '', url = '', line, column] = form.exec(text) ?? []
      if (url) return [{ name, url, line: Number(line), column: Number(column) }]
    }
    return []
  })
}

/** Below it are React's own frames, and whoever had it render. */
const bottom = /\n[^\n]*(?:react[-_]stack[-_]bottom[-_]frame|renderWithHooks)[\s\S]*/

/** Of a component that is rendered: without what had React render it. */
export const aboveReact = (stack: string): string => stack.replace(bottom, '')

/** The frames of the application. `own`: the frame of this library that every stack of it begins with. */
export function framesOfApp(frames: readonly Frame[], own: Frame | undefined): readonly Frame[] {
  // Served file by file, all of the library is below one folder; in a bundle, it is in one file.
  const library = own?.url.replace(/\/(?:engine|react)\/[\w-]+\.[jt]s\b.*$/, '/') ?? ''
  return frames.filter(({ url }) => !(library && url.startsWith(library)) && !foreign.test(url))
}

const foreign = /node_modules[/_]|^(?:node|chrome-extension|moz-extension):|<anonymous>/

/** `PricingPage`: a component, or the class of one; undefined for functions of another kind. */
export function componentOf({ name }: Frame): string | undefined {
  return /^(?:Object\.|new )?([A-Z][\w$]*)/.exec(name)?.[1]
}

/** `src/pages/pricing.tsx`, of an address under which a development server or a source map has it. */
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

/**
 * For `docs.source.transform`: beside the element that a story renders, the code of its components, as it stands in the
 * file of the story.
 */
export function shownCode(file: string): (code: string) => string {
  return (code) => {
    const shown: string[] = []
    const show = (jsx: string) => {
      for (const [, name] of jsx.matchAll(/<([A-Z]\w*)/g)) {
        const source = new RegExp(`^function ${name}\\b[^]*?^}$`, 'm').exec(file)?.[0]
        if (source === undefined || shown.includes(source)) continue
        shown.push(source)
        show(source)
      }
    }
    show(code)
    return [...shown, code].join('\n\n')
  }
}

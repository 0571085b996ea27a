/** The code blocks of a page of `docs/` in one of these languages. */
export function blocksIn(page: string, ...languages: readonly string[]): readonly string[] {
  const fences = page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)
  return [...fences].flatMap(([, language = '', code = '']) => (languages.includes(language) ? [code] : []))
}

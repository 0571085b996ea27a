import { repository } from '../../src/support/repository.ts'

/** `form-libraries.md`: a page of `docs/`, whose page in Storybook has the same name. */
const docsPage = /^([\w-]+)\.md(#.*)?$/

/** Returns the address in Storybook of a link in `docs/*.md`: the page that shows that file, else the repository. */
export function docsAddress(href: string): string {
  if (/^(?:[a-z]+:|#|\?)/.test(href)) return href
  const [, page, anchor = ''] = docsPage.exec(href) ?? []
  if (page) return `?path=/docs/guides-${page}--docs${anchor}`
  return new URL(href, `${repository}/blob/main/docs/`).href
}

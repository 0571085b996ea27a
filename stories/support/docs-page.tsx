import { AnchorMdx, CodeOrSourceMdx, HeadersMdx, Markdown } from '@storybook/addon-docs/blocks'
import type { ComponentProps } from 'react'
import { docsAddress } from './docs-address.ts'

const images = import.meta.glob<string>('../../docs/*.png', { query: '?url', import: 'default', eager: true })

/** In place of those of Storybook, which would be gone: its block takes the overrides of one side only. */
const options = { overrides: { ...HeadersMdx, code: CodeOrSourceMdx, a: DocsLink, img: DocsImage } }

/** A page of `docs/`, as it is in the package and on GitHub. */
export function DocsPage({ text }: { readonly text: string }) {
  return <Markdown options={options}>{withoutComments(text)}</Markdown>
}

/** Comments tell the checker of snippets what to do. */
const withoutComments = (text: string) => text.replace(/^<!--[\s\S]*?-->\n/gm, '')

function DocsLink({ href = '', ...rest }: ComponentProps<'a'>) {
  return <AnchorMdx {...rest} href={docsAddress(href)} target="_self" />
}

function DocsImage({ src = '', alt = '' }: ComponentProps<'img'>) {
  return <img src={images[`../../docs/${src}`] ?? src} alt={alt} />
}

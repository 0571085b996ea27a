import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { root } from './entries.mjs'

/** README and the pages of `docs/`, relative to the project. */
export function userPages() {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
  return ['README.md', ...docs.map((name) => `docs/${name}`).sort()]
}

/** Parses a file as GitHub does, with tables. */
export const parseMarkdown = (/** @type {string} */ path) =>
  fromMarkdown(readFileSync(path, 'utf8'), {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  })

/**
 * Every node below `parent`, each with its sibling before it.
 * @param {import('mdast').Parents} parent
 * @returns {Generator<{ node: import('mdast').RootContent, previous: import('mdast').RootContent | undefined }>}
 */
export function* nodesIn(parent) {
  /** @type {import('mdast').RootContent | undefined} */
  let previous
  for (const node of parent.children) {
    yield { node, previous }
    if ('children' in node) yield* nodesIn(node)
    previous = node
  }
}

/** The line that a node begins on, from 1. */
export const lineOf = (/** @type {import('mdast').Node} */ node) => node.position?.start.line ?? 0

/**
 * The text of a node; code is left out if `prose` is wanted.
 * @param {import('mdast').Nodes} node
 * @returns {string}
 */
export function textOf(node, prose = false) {
  if (node.type === 'inlineCode' || node.type === 'code') return prose ? ' ' : node.value
  if (node.type === 'html') return ''
  if (node.type === 'break') return '\n'
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map((child) => textOf(child, prose)).join('') : ''
}

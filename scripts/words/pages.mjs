import { resolve } from 'node:path'
import { root } from '../entries.mjs'
import { lineOf, nodesIn, parseMarkdown, textOf } from '../markdown.mjs'
import { bannedWords, wordCount } from './rules.mjs'

/** @typedef {import('./rules.mjs').Offence} Offence */

const longestCell = 12
/** Generated: its cells are sentences of docstrings. */
const generated = 'docs/components.md'
const linesIn = (/** @type {string} */ text) => text.split('\n').length - 1

/**
 * @param {string} file relative to the project
 * @returns {Offence[]} banned words in the prose of a page, and cells of its tables that are too long
 */
export function offencesInPage(file) {
  return [...nodesIn(parseMarkdown(resolve(root, file)))].flatMap(({ node }) => {
    const line = lineOf(node)
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      const prose = textOf(node, true)
      const words = bannedWords(prose).map(({ index, text, rule }) => ({
        ...{ file, text, rule },
        line: line + linesIn(prose.slice(0, index)),
      }))
      return node.type === 'tableCell' && file !== generated
        ? [...words, ...offencesInCell(file, node)]
        : words
    }
    return []
  })
}

/** @returns {Offence[]} */
function offencesInCell(/** @type {string} */ file, /** @type {import('mdast').TableCell} */ cell) {
  const text = textOf(cell)
  const count = wordCount(text)
  if (count <= longestCell || file === 'ERRORS.md') return []
  return [
    {
      file,
      line: lineOf(cell),
      text: text.slice(0, 70),
      rule: `a cell of ${count} words: at most ${longestCell}`,
    },
  ]
}

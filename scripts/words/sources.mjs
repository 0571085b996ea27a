import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript-5.4'
import { root } from '../entries.mjs'
import { bannedWords, wrongBeginning } from './rules.mjs'

/** @typedef {import('./rules.mjs').Offence} Offence */

/** Docstrings, texts of the interface and messages of one source file, and the props of stories. */
export function offencesInSource(/** @type {string} */ file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(resolve(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  /** @type {Offence[]} */
  const offences = []
  const visit = (/** @type {ts.Node} */ node) => {
    const found = [
      ...docstringsOf(node).flatMap(offencesInDocstring),
      ...offencesInText(node),
      ...undescribedProps(node),
    ]
    offences.push(...found.map(({ at, text, rule }) => ({ file, line: lineAt(source, at), text, rule })))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return offences
}

const lineAt = (/** @type {ts.SourceFile} */ source, /** @type {number} */ at) =>
  source.getLineAndCharacterOfPosition(at).line + 1

/** @typedef {{ at: number, text: string, rule: string }} Found */

/** The docstrings of this node alone: `ts.getJSDocCommentsAndTags` adds those of its parents. */
const docstringsOf = (/** @type {ts.Node & { jsDoc?: ts.JSDoc[] }} */ node) => node.jsDoc ?? []

/** @returns {Found[]} */
function offencesInDocstring(/** @type {ts.JSDoc} */ docstring) {
  const text = ts.getTextOfJSDocComment(docstring.comment) ?? ''
  const tags = (docstring.tags ?? []).filter((tag) => tag.tagName.text !== 'example')
  const texts = [text, ...tags.map((tag) => ts.getTextOfJSDocComment(tag.comment) ?? '')]
  const at = docstring.getStart()
  return [...wrongBeginning(text), ...texts.flatMap(bannedWords)].map(({ text, rule }) => ({
    at,
    text,
    rule,
  }))
}

/** @returns {Found[]} */
function offencesInText(/** @type {ts.Node} */ node) {
  const isText = ts.isStringLiteralLike(node) || ts.isJsxText(node) || isTemplatePart(node)
  // A word alone is a name.
  if (!isText || !node.text.trim().includes(' ')) return []
  return bannedWords(node.text).map(({ text, rule }) => ({ at: node.getStart(), text, rule }))
}

/** @returns {node is ts.TemplateLiteralLikeNode} */
function isTemplatePart(/** @type {ts.Node} */ node) {
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
}

/** @returns {Found[]} the rows of a story's table of props that say nothing */
function undescribedProps(/** @type {ts.Node} */ node) {
  if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'argTypes') return []
  if (!ts.isObjectLiteralExpression(node.initializer)) return []
  return node.initializer.properties.flatMap((row) =>
    ts.isPropertyAssignment(row) && !isDescribed(row.initializer)
      ? [{ at: row.getStart(), text: row.name.getText(), rule: 'a prop has a description' }]
      : [],
  )
}

/** @returns {boolean} */
function isDescribed(/** @type {ts.Expression} */ row) {
  if (ts.isCallExpression(row)) return row.arguments.length > 1
  if (!ts.isObjectLiteralExpression(row)) return true
  return row.properties.some(
    (part) =>
      (ts.isSpreadAssignment(part) && isDescribed(part.expression)) || part.name?.getText() === 'description',
  )
}

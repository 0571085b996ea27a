/**
 * What a machine can see of our style: words that we do not use, and how a docstring begins.
 *
 * @typedef {{ file: string, line: number, text: string, rule: string }} Offence
 */

/** @type {readonly { pattern: RegExp, rule: string }[]} */
const banned = [
  { pattern: /\bnobody\b/i, rule: 'say none, or no user' },
  { pattern: /\bsomebody\b/i, rule: 'say a user' },
  { pattern: /\bwhoever\b/i, rule: 'say who does what' },
  { pattern: /\bvisitors?\b/i, rule: 'say user' },
  { pattern: /\bof\s+(ours|yours)\b/i, rule: 'say our, your' },
  { pattern: /\b(is|are|was|were|be)\s+told\b(?!\s+apart)/i, rule: 'say reports' },
  { pattern: /\bmend(s|ed|ing)?\b/i, rule: 'say fix' },
  { pattern: /\bmint(s|ed|ing)?\b/i, rule: 'say create' },
  { pattern: /\bfilms?\b/i, rule: 'say video' },
  { pattern: /\bstands\b(?!\s+for)/i, rule: 'say is' },
  { pattern: /\blies\b/i, rule: 'say is' },
]

const withoutCode = (/** @type {string} */ text) => text.replaceAll(/`[^`]*`/g, '`…`')

const around = (/** @type {string} */ text, /** @type {number} */ index) =>
  text
    .slice(Math.max(0, index - 30), index + 40)
    .replaceAll(/\s+/g, ' ')
    .trim()

/**
 * @param {string} given prose; what is between backticks is code
 * @returns {{ index: number, text: string, rule: string }[]}
 */
export function bannedWords(given) {
  const text = withoutCode(given)
  return banned.flatMap(({ pattern, rule }) => {
    const found = pattern.exec(text)
    return found ? [{ index: found.index, text: around(text, found.index), rule }] : []
  })
}

/** @returns {{ text: string, rule: string }[]} */
export function wrongBeginning(/** @type {string} */ docstring) {
  const [first = ''] = /^\w+/.exec(docstring) ?? []
  if (!['Of', 'What', 'Where', 'Whether', 'As'].includes(first)) return []
  return [{ text: around(docstring, 0), rule: `a docstring does not begin with "${first}"` }]
}

export const wordCount = (/** @type {string} */ text) =>
  text.split(/\s+/).filter((word) => /\w/.test(word)).length

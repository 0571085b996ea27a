import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import GithubSlugger from 'github-slugger'
import { root } from './entries.mjs'
import { lineOf, nodesIn, parseMarkdown, textOf } from './markdown.mjs'

/** What `npm publish` would send, relative to the project. */
export function shippedFiles() {
  const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  /** @type {[{ files: { path: string }[] }]} */
  const [{ files }] = JSON.parse(printed)
  return new Set(files.map(({ path }) => path))
}

/** @param {import('mdast').Root} page */
function linksIn(page) {
  return [...nodesIn(page)].flatMap(({ node }) =>
    node.type === 'link' || node.type === 'image' || node.type === 'definition'
      ? [{ url: node.url, line: lineOf(node) }]
      : [],
  )
}

/** What GitHub makes of the headings of a page, and the ids that it sets itself. */
function anchorsIn(/** @type {string} */ path) {
  const slugger = new GithubSlugger()
  const page = parseMarkdown(path)
  const headings = [...nodesIn(page)].flatMap(({ node }) =>
    node.type === 'heading' ? [slugger.slug(textOf(node))] : [],
  )
  const ids = [...readFileSync(path, 'utf8').matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id)
  return new Set([...headings, ...ids])
}

/**
 * @param {string} folder the links are relative to its pages
 * @param {readonly string[]} pages relative to the folder
 * @param {ReadonlySet<string>} shipped files that are published: what they link to has to be published, too
 * @returns {string[]} the links that lead nowhere
 */
export function brokenLinks(folder, pages, shipped) {
  /** @type {Map<string, ReadonlySet<string>>} */
  const anchors = new Map()
  const hasAnchor = (/** @type {string} */ file, /** @type {string} */ anchor) => {
    const known = anchors.get(file) ?? anchorsIn(join(folder, file))
    anchors.set(file, known)
    return known.has(anchor)
  }
  const wrongTarget = (/** @type {string} */ file, /** @type {string | undefined} */ anchor) => {
    if (!statSync(join(folder, file), { throwIfNoEntry: false })) return 'no such file'
    if (anchor === undefined || !file.endsWith('.md') || hasAnchor(file, anchor)) return undefined
    return 'no such heading'
  }
  return pages.flatMap((page) =>
    linksIn(parseMarkdown(join(folder, page))).flatMap(({ url, line }) => {
      if (/^([a-z]+:|\/\/)/i.test(url)) return []
      const [path = '', anchor] = decodeURI(url).split('#')
      const file = path ? normalize(join(dirname(page), path)) : page
      const wrong = wrongTarget(file, anchor) ?? notShipped(page, file, shipped)
      return wrong === undefined ? [] : [`${page}:${line}: ${url}: ${wrong}`]
    }),
  )
}

/** @returns {string | undefined} */
function notShipped(
  /** @type {string} */ page,
  /** @type {string} */ file,
  /** @type {ReadonlySet<string>} */ shipped,
) {
  return shipped.has(page) && !shipped.has(file) ? 'not in the package' : undefined
}

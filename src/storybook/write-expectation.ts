import { readFile, writeFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import process from 'node:process'
import { types as t } from 'storybook/internal/babel'
import { loadCsf, printCsf } from 'storybook/internal/csf-tools'
import type { SaveRequest } from './protocol.ts'

type ObjectExpression = ReturnType<typeof t.objectExpression>
type Expression = Parameters<typeof t.objectProperty>[1]

/**
 * Writes `parameters.microconversions.expect` into the story's object in its file: of a factory, `satisfies`, `as`, or a plain
 * object. Throws if the file is outside of the project, or the story is written in another way.
 */
export async function writeExpectation({
  importPath,
  exportName,
  expect,
}: Omit<SaveRequest, 'id'>): Promise<void> {
  const file = resolve(importPath)
  if (/^\.\.(?:$|[\\/])/.test(relative(process.cwd(), file)))
    throw new Error(`${importPath} is outside of the project.`)
  const code = await readFile(file, 'utf8')
  await writeFile(file, withExpectation(code, file, exportName, expect))
}

/** Returns the code of the file with the expectation in it. */
export function withExpectation(
  code: string,
  fileName: string,
  exportName: string,
  expect: SaveRequest['expect'],
): string {
  const csf = loadCsf(code, { makeTitle: (title) => title ?? 'Story', fileName }).parse()
  const declared = csf._storyExports[exportName]
  if (!declared) throw new Error(`${fileName} exports no story ${exportName}.`)
  const init = t.isVariableDeclarator(declared) ? declared.init : undefined
  const story = objectIn(init)
  if (!story) throw new Error(`${exportName} is not written as an object.`)
  const parameters = childOf(childOf(story, 'parameters'), 'microconversions')
  setProperty(parameters, 'expect', t.valueToNode(expect))
  return printCsf(csf, {}).code
}

function objectIn(init: unknown): ObjectExpression | undefined {
  const node = init as Parameters<typeof t.isExpression>[0]
  if (t.isObjectExpression(node)) return node
  if (t.isTSSatisfiesExpression(node) || t.isTSAsExpression(node)) return objectIn(node.expression)
  if (!t.isCallExpression(node)) return undefined
  if (node.arguments.length === 0) node.arguments.push(t.objectExpression([]))
  return objectIn(node.arguments[0])
}

function propertyOf(object: ObjectExpression, name: string) {
  return object.properties.find(
    (property) =>
      t.isObjectProperty(property) &&
      (t.isIdentifier(property.key, { name }) || t.isStringLiteral(property.key, { value: name })),
  ) as { value: unknown } | undefined
}

function setProperty(object: ObjectExpression, name: string, value: Expression): void {
  const known = propertyOf(object, name)
  if (known) known.value = value
  else object.properties.push(t.objectProperty(t.identifier(name), value))
}

/** Returns the object in this property, which it adds if there is none. */
function childOf(object: ObjectExpression, name: string): ObjectExpression {
  const known = propertyOf(object, name)
  if (!known) {
    const child = t.objectExpression([])
    setProperty(object, name, child)
    return child
  }
  const child = objectIn(known.value)
  if (!child) throw new Error(`the story's "${name}" is not written as an object.`)
  return child
}

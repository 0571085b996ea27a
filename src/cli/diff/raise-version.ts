import { writeFileSync } from 'node:fs'
import { Failure } from '../failure.ts'
import type { LoadedPlan } from '../project/load-plan.ts'
import { fieldsOf, literal, partsIn, withoutComments } from '../source/read-source.ts'

/** Writes the next version into the plan module, and returns it. */
export function raiseVersion({ file, shown, source, plan }: LoadedPlan): string {
  const raised = nextVersion(plan.version)
  const at = placeOfVersion(source, plan.name, plan.version)
  if (raised === undefined || at === undefined)
    throw new Failure(`the version of ${shown} is not a text with a number in definePlan: raise it by hand.`)
  writeFileSync(file, source.slice(0, at) + raised + source.slice(at + plan.version.length))
  return raised
}

/** Returns the next version: `4` after `3`, `1.2.10` after `1.2.9`; undefined for a version without a number. */
function nextVersion(version: string): string | undefined {
  const [, head = '', number, tail = ''] = /^(.*?)(\d+)(\D*)$/.exec(version) ?? []
  return number === undefined ? undefined : `${head}${Number(number) + 1}${tail}`
}

/** Returns the position of the version in the plan's `definePlan` call; undefined if it is not found. */
function placeOfVersion(source: string, name: string, version: string): number | undefined {
  const code = withoutComments(source)
  for (const { index, 0: call } of code.matchAll(/\bdefinePlan\s*(?:<[^(]*>)?\(/g)) {
    const start = index + call.length
    const options = partsIn(code, start - 1)[0] ?? ''
    const fields = fieldsOf(options)
    if (literal(fields?.get('name')) !== name || literal(fields?.get('version')) !== version) continue
    return code.indexOf(options, start) + placeOfText(options, 'version')
  }
  return undefined
}

/** Returns the position of a field's text in an object literal that has the field. Nested objects may have one, too. */
function placeOfText(object: string, field: string): number {
  const head = new RegExp(`^['"]?${field}['"]?\\s*:\\s*['"\`]`)
  let at = 0
  for (const part of partsIn(object, 0)) {
    at = object.indexOf(part, at)
    const found = head.exec(part)
    if (found) return at + found[0].length
    at += part.length
  }
  return at
}

import { waitFor } from '@testing-library/dom'
import * as testing from 'react-microconversions/testing'
import * as matchers from 'react-microconversions/testing/matchers'
import ts from 'typescript-5.4'
import { expect } from 'vitest'
import { sessionPlan } from './recorded-session.ts'

type Body = (given?: unknown) => unknown

/** Runs the one test in the code of a Vitest test file; what it threw, undefined if it passed. */
export async function failureOf(code: string): Promise<string | undefined> {
  const bodies: Body[] = []
  evaluate(code, {
    vitest: { expect, test: (_: string, body: Body) => bodies.push(body) },
    'react-microconversions/testing': testing,
    './plan': { plan: sessionPlan },
  })
  expect(bodies).toHaveLength(1)
  return thrownBy(bodies[0])
}

/** Part of a story's context that a generated `play` function uses. */
export interface PlayContext {
  readonly canvas: object
  readonly userEvent: object
}

/** Runs the `play` function in the code; what it threw, undefined if it passed. It waits for at most one second. */
export async function failureOfPlay(code: string, context: PlayContext): Promise<string | undefined> {
  const sooner = (check: () => unknown) => waitFor(check, { timeout: 1_000 })
  const { play } = evaluate(code, { 'storybook/test': { waitFor: sooner } })
  return thrownBy(play, { ...context, step: (_: string, body: Body) => body() })
}

/** Evaluates a module in TypeScript with the modules that it imports; returns its exports. */
function evaluate(code: string, imported: Readonly<Record<string, object>>): Readonly<Record<string, Body>> {
  const modules = { ...imported, 'react-microconversions/testing/matchers': matchers }
  // Not esbuild, which refuses to run in jsdom.
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }
  const { outputText } = ts.transpileModule(code, { compilerOptions })
  const exports = {}
  const require = (name: keyof typeof modules) => modules[name]
  new Function('require', 'exports', outputText)(require, exports)
  return exports
}

async function thrownBy(body: Body | undefined, given?: unknown): Promise<string | undefined> {
  try {
    await body?.(given)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

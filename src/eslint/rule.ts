import { repository } from '../support/repository.ts'
import type { Node } from './syntax.ts'

/** The part of a linter's rule context that the rules use: ESLint 9 and 10, and oxlint. */
export interface RuleContext {
  report(problem: { readonly node: object; readonly message: string }): void
}

/** A rule, in the format of ESLint. */
export interface LintRule {
  readonly meta: {
    readonly type: 'problem' | 'suggestion'
    readonly docs: { readonly description: string; readonly recommended: boolean; readonly url: string }
    readonly schema: []
  }
  create(context: RuleContext): Record<string, (node: object) => void>
}

/** Reports a node. The message says why and what to do instead. */
export type Report = (node: Node, message: string) => void

/** Functions that visit the nodes of a type. */
export type Visitors = Readonly<Record<string, (node: Node) => void>>

/** Builds a rule from its name, a description, and a function that returns what to visit. Each message ends with the page to read. */
export function lintRule(
  name: string,
  description: string,
  visit: (report: Report) => Visitors,
  type: 'problem' | 'suggestion' = 'problem',
): LintRule {
  const page = `docs/linting.md#${name}`
  return {
    meta: {
      type,
      docs: { description, recommended: true, url: `${repository}/blob/main/${page}` },
      schema: [],
    },
    create: (context) =>
      visit((node, message) =>
        context.report({ node, message: `${message} See react-microconversions/${page}.` }),
      ) as Record<string, (node: object) => void>,
  }
}

import type { Decision } from '../../engine/record/decision.ts'
import { type ElementHandle, handleOf } from './element-handle.ts'
import { answersOf, type TestOptions } from './generated-test.ts'
import { inOneLine } from './requests.ts'

/** Facts of a form that one submission causes. */
const submissionFacts = ['submit', 'success', 'failure']

/**
 * Returns what the user does on the page: a comment for each attempt, and a step where the element is known by role and name.
 * A place for steps is left to the tester where it is not.
 */
export function stepsOf(
  found: readonly Decision[],
  { elementOf }: TestOptions,
  click: (handle: ElementHandle) => string,
): readonly string[] {
  const answers = answersOf(found)
  const submitted = new Set<string>()
  return found.flatMap((decision, index) => {
    const { number, event, trigger } = decision
    const comment = `  // ${inOneLine(`${number}. ${event}, of ${trigger.component} (${trigger.fact})`)}`
    const answered = index > 0 && answers[index] !== answers[index - 1]
    return [
      ...(answered ? [`  // Here the answer about consent became: ${answers[index]}.`] : []),
      ...(isCaused(decision, submitted) ? [comment] : [comment, ...stepOf(decision, elementOf, click)]),
    ]
  })
}

/** Returns whether an earlier step already causes the attempt: the page opened, or the form was submitted. */
function isCaused({ trigger }: Decision, submitted: Set<string>): boolean {
  if (trigger.component === 'page') return true
  if (!submissionFacts.includes(trigger.fact)) return false
  const submission = trigger.attemptId ?? ''
  if (submitted.has(submission)) return true
  submitted.add(submission)
  return false
}

function stepOf(
  { number, trigger }: Decision,
  elementOf: TestOptions['elementOf'],
  click: (handle: ElementHandle) => string,
): readonly string[] {
  const handle = isClick(trigger.fact) ? handleOf(elementOf?.(number)) : undefined
  if (!handle) return ['  // Write here what the user does.']
  const fill = submissionFacts.includes(trigger.fact) ? ['  // Fill in the form here.'] : []
  return [...fill, `  ${click(handle)}`]
}

/** Facts that a click causes: those of links and buttons, and of a form's submit button. */
const isClick = (fact: string) =>
  ['click', 'internal', 'outbound', 'download', 'phone', 'mail', ...submissionFacts].includes(fact)

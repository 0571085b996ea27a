import { type FormAttempt, type FormStep, secondsSince } from './form-attempt.ts'

export const noStep: FormStep = { step_name: '', step_index: 0, steps_total: 0 }

export const inStep = ({ step, stepAtMs }: FormAttempt) => ({ ...step, step_seconds: secondsSince(stepAtMs) })

/** Returns the known part of the form, 0–1: the fields of later steps are unknown. */
export const shareOf = ({ step: { step_index, steps_total }, furthestIndex }: FormAttempt): number =>
  steps_total ? Math.max(furthestIndex, step_index) / steps_total : 1

export const isIn = ({ step }: FormAttempt, name: string, index: number): boolean =>
  step.step_name === name && step.step_index === index

/** Enters another step. Returns the facts to report. */
export function enterStep(attempt: FormAttempt, next: FormStep) {
  const { step, stepAtMs, enteredIndex, furthestIndex } = attempt
  const { step_index } = next
  attempt.step = next
  attempt.enteredIndex = step_index
  attempt.furthestIndex = Math.max(furthestIndex, step_index)
  attempt.stepAtMs = performance.now()
  return {
    ...next,
    step_direction: step_index < enteredIndex ? ('back' as const) : ('forward' as const),
    previous_step: step.step_name,
    previous_step_seconds: step.step_name ? secondsSince(stepAtMs) : 0,
  }
}

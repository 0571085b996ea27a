import type { LiftVerdict } from '../../report/figure.ts'
import type { Report } from '../../report/report-types.ts'
import { ratioInWords } from '../../report/text/numbers.ts'
import { behaviour } from './demo-plan.ts'

/** Returns lines that compare the report with how the simulated users behave. */
export function expectations({ lifts: [lifts] }: Report): readonly string[] {
  const rows = lifts?.rows ?? []
  return [
    'What it should say, because the simulated users behave so:',
    ...Object.entries(behaviour).map(([event, { lift, afterBooking }]) => {
      const found = rows.find((row) => row.event === event)?.lift
      const verdict = found?.verdict ?? 'too few'
      const why = afterBooking > 1 ? ', done mostly after booking' : ''
      const effect = lift === 1 ? 'no effect on bookings' : `booking ${lift} times as likely`
      const agrees = isRight(verdict, lift) ? 'agrees' : 'differs: chance, as 1 in 20 intervals does'
      return `  ${event}: ${effect}${why}. Report: ${found ? ratioInWords(found) : '–'} ${verdict} (${agrees})`
    }),
    'Lifts of the report are a little nearer to 1: users with the strongest effect book first, and leave.',
  ]
}

/** `not shown` contradicts nothing. */
function isRight(verdict: LiftVerdict, lift: number): boolean {
  if (verdict === 'not shown' || verdict === 'too few') return true
  return lift === 1 ? verdict === 'no difference' : verdict === 'predicts'
}

import { expect, test } from 'vitest'
import { whatIfSentences } from '../../../src/devtools/user/what-if-sentences.ts'

const preset = (clause: string) => ({ title: '', clause, consent: {} })
const told = (...cells: Readonly<Record<string, { sent: number; held: number }>>[]) =>
  whatIfSentences(
    cells.map((_, index) => preset(`Answer ${index + 1}`)),
    [{ event: 'a', attempts: 1, cells }],
    ['http', 'crm', 'ads'],
  )

test('one sentence for each answer: who gets how much, who holds, and who gets nothing', () => {
  const all = { sent: 11, held: 0 }
  expect(
    told(
      { http: all, crm: all, ads: { sent: 1, held: 2 } },
      { http: all, crm: all },
      { ads: { sent: 0, held: 3 } },
      {},
    ),
  ).toEqual([
    'Answer 1, http and crm get 11 events each; ads gets 1 event and holds 2 until the user answers.',
    'Answer 2, http and crm get 11 events each; ads gets nothing.',
    'Answer 3, http and crm get nothing; ads holds 3 until the user answers.',
    'Answer 4, no destination gets anything.',
  ])
})

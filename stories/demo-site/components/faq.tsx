import { useTrack } from '../tracking.ts'

const questions = [
  {
    id: 'import',
    question: 'Can we bring our rosters along?',
    answer: 'Yes. Send a spreadsheet of three months, and the first draft already knows who prefers what.',
  },
  {
    id: 'council',
    question: 'What does the works council see?',
    answer: 'Each rule, when it changed, who changed it, and how every draft kept it. No messages.',
  },
  {
    id: 'offline',
    question: 'What if the connection is gone?',
    answer:
      'Phones keep the week. Swaps made offline are settled when they are back, first come first served.',
  },
  {
    id: 'leave',
    question: 'How do we leave?',
    answer: 'Export everything as a spreadsheet, and stop. Contracts end with the month.',
  },
]

export function Faq() {
  const track = useTrack()
  return (
    <section className="faq wrap" aria-labelledby="faq">
      <h2 id="faq">Asked before every call</h2>
      <div>
        {questions.map(({ id, question, answer }) => (
          <details
            key={id}
            name="faq"
            onToggle={(event) => {
              if (event.currentTarget.open) track('faq_opened', { question: id })
            }}
          >
            <summary>{question}</summary>
            <p>{answer}</p>
          </details>
        ))}
      </div>
    </section>
  )
}

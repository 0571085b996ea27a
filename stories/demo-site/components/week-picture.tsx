const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']

/** One letter for each day: early, late, night, free, swapped. */
const week = [
  { person: 'Amara', shifts: 'EELF-' },
  { person: 'Jonas', shifts: 'L-NNF' },
  { person: 'Mei', shifts: '-LESE' },
  { person: 'Oskar', shifts: 'NF-LL' },
]

const kinds: Readonly<Record<string, readonly [className: string, text: string]>> = {
  E: ['early', '6–14'],
  L: ['late', '14–22'],
  N: ['night', '22–6'],
  F: ['free', 'free'],
  S: ['early swapped', 'swap'],
  '-': ['', ''],
}

/** A drawing of the product. */
export function WeekPicture() {
  return (
    <div className="week" role="img" aria-label="A week of shifts for four people, with one swap accepted">
      <div className="bar">
        <span>Week 24 · Ward 3</span>
        <span className="cost">€ 6,140</span>
      </div>
      <div className="grid">
        <span />
        {days.map((day) => (
          <span key={day} className="day">
            {day}
          </span>
        ))}
        {week.map(({ person, shifts }) => (
          <Row key={person} person={person} shifts={shifts} />
        ))}
      </div>
      <p className="note">Mei took Thursday from Amara. 11 h of rest kept.</p>
    </div>
  )
}

function Row({ person, shifts }: { readonly person: string; readonly shifts: string }) {
  return (
    <>
      <span className="person">{person}</span>
      {days.map((day, index) => {
        const [className, text] = kinds[shifts[index] ?? '-'] ?? ['', '']
        return (
          <span key={day} className={`shift ${className}`}>
            {text}
          </span>
        )
      })}
    </>
  )
}

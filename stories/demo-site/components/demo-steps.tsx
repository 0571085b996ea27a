import type { Booking } from '../booking.ts'

interface StepProps {
  readonly booking: Booking
  readonly onChange: (change: Partial<Booking>) => void
}

const sizes = ['1 to 10', '11 to 50', '51 to 250', 'More than 250']
const needs = ['Fair drafts', 'Swaps without phone calls', 'Cost control', 'Rest-time rules']

export function CompanyStep({ booking, onChange }: StepProps) {
  return (
    <>
      <label className="field">
        Company
        <input
          name="company"
          required
          autoComplete="organization"
          value={booking.company}
          onChange={(event) => onChange({ company: event.target.value })}
        />
      </label>
      <label className="field">
        People on your rosters
        <select
          name="people"
          required
          value={booking.people}
          onChange={(event) => onChange({ people: event.target.value })}
        >
          <option value="">Choose</option>
          {sizes.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </label>
    </>
  )
}

export function NeedsStep({ booking, onChange }: StepProps) {
  function toggle(need: string, wanted: boolean) {
    const others = booking.needs.filter((other) => other !== need)
    onChange({ needs: wanted ? [...others, need] : others })
  }
  return (
    <>
      <div className="choices">
        {needs.map((need) => (
          <label key={need} className="choice">
            <input
              type="checkbox"
              name="needs"
              checked={booking.needs.includes(need)}
              onChange={(event) => toggle(need, event.target.checked)}
            />
            {need}
          </label>
        ))}
      </div>
      <label className="field">
        Work e-mail
        <input
          type="email"
          name="email"
          required
          autoComplete="email"
          value={booking.email}
          onChange={(event) => onChange({ email: event.target.value })}
        />
      </label>
    </>
  )
}

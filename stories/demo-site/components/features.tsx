import { Coins, Scales, Swap } from './icons.tsx'
import { WeekPicture } from './week-picture.tsx'

const features = [
  {
    Icon: Scales,
    title: 'Fair by rule',
    text: 'Nights, weekends and holidays are shared by rules that anybody can read, and each draft says how it kept them.',
  },
  {
    Icon: Swap,
    title: 'Asked, not told',
    text: 'Who wants out of a shift offers it. Only people who may work it are asked, and the first yes settles it.',
  },
  {
    Icon: Coins,
    title: 'The cost, before it happens',
    text: 'Overtime and surcharges stand beside the week while you plan it, not in next month’s payroll.',
  },
]

export function Features() {
  return (
    <section className="features wrap" aria-labelledby="features">
      <div>
        <h2 id="features">A week that explains itself</h2>
        <ul className="points">
          {features.map(({ Icon, title, text }) => (
            <li key={title}>
              <Icon />
              <div>
                <h3>{title}</h3>
                <p>{text}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>
      <WeekPicture />
    </section>
  )
}

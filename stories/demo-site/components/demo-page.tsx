import { TrackingScope } from 'react-microconversions'
import type { Send } from '../booking.ts'
import { useRoute } from '../router.tsx'
import { DemoForm } from './demo-form.tsx'
import { Check } from './icons.tsx'

const promises = [
  'Your own week, rebuilt in the call',
  'What it would have cost, to the euro',
  'An answer to “how do we start on Monday?”',
]

export function DemoPage({ send }: { readonly send: Send }) {
  const tier = useRoute().query.get('tier') ?? 'undecided'
  return (
    <TrackingScope properties={{ section: 'demo' }}>
      <section className="demo wrap" aria-labelledby="demo">
        <div className="pitch">
          <h1 id="demo">Thirty minutes, your roster</h1>
          <p className="lead">A planner calls you, not a salesperson.</p>
          <ul className="promises">
            {promises.map((promise) => (
              <li key={promise}>
                <Check />
                {promise}
              </li>
            ))}
          </ul>
        </div>
        <DemoForm tier={tier} send={send} />
      </section>
    </TrackingScope>
  )
}

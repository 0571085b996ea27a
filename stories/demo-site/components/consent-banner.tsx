import { useConsent } from 'react-microconversions'

const categories = [
  { name: 'analytics', label: 'Analytics', what: 'which pages help' },
  { name: 'marketing', label: 'Marketing', what: 'which ads brought you' },
] as const

/** Asks until each category has an answer. A real site remembers it; the library never does. */
export function ConsentBanner() {
  const { consent, update } = useConsent()
  const asked = categories.some(({ name }) => consent[name] === 'pending')
  if (!asked) return null
  return (
    <section className="consent" aria-label="Cookies">
      <div className="wrap">
        <p className="ask">
          <strong>May we count?</strong> Analytics shows us which pages help, marketing which ads brought you.
          Nothing is stored or sent before you answer.
        </p>
        <div className="actions">
          <button type="button" className="button small quiet" onClick={() => update('denied')}>
            Neither
          </button>
          <button
            type="button"
            className="button small quiet"
            onClick={() => update({ analytics: 'granted', marketing: 'denied' })}
          >
            Analytics only
          </button>
          <button type="button" className="button small" onClick={() => update('granted')}>
            Both
          </button>
        </div>
      </div>
    </section>
  )
}

/** Taking consent back is as easy as giving it. */
export function ConsentSwitches() {
  const { consent, update } = useConsent()
  return (
    <fieldset className="switches">
      <legend>Cookies</legend>
      {categories.map(({ name, label, what }) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={consent[name] === 'granted'}
            onChange={(event) => update({ [name]: event.target.checked ? 'granted' : 'denied' })}
          />
          <span>
            {label} <small>{what}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

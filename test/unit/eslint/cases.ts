import type { RuleName } from 'react-microconversions/eslint'

interface Cases {
  readonly valid: readonly string[]
  /** Code, and a part of each message that it causes. */
  readonly invalid: readonly (readonly [code: string, ...messages: string[]])[]
}

const inProduction = `import { MicroconversionDevtools, MicroconversionPanel, microconversionsPlugin } from 'react-microconversions/devtools/production'\n`

/** Code that each rule accepts, and code that it reports. */
export const cases: Readonly<Record<RuleName, Cases>> = {
  'no-raw-tracking': {
    valid: [
      `track('pricing_clicked', { tier })`,
      `tracker.track('pricing_clicked')`,
      `gtag('js', new Date()); gtag('config', 'G-1'); gtag('consent', 'default', {})`,
      `fbq('init', '1')`,
      `function gtag() { dataLayer.push(arguments) }`,
      `dataLayer.push({ ecommerce: null })`,
      `posthog.identify(user.id); analytics.page()`,
      `_paq.push(['setUserId', id])`,
      `mine.push({ event: 'x' })`,
      `gtag()`,
    ],
    invalid: [
      [`gtag('event', 'pricing_clicked')`, 'gtag() reports past the tracker'],
      [`window.gtag?.('event', 'pricing_clicked')`, 'gtag()'],
      [`fbq('track', 'Lead')`, 'fbq()'],
      [`dataLayer.push({ event: 'pricing_clicked', tier })`, 'dataLayer.push()'],
      [`(window.dataLayer = window.dataLayer || []).push({ event: 'x' })`, 'dataLayer.push()'],
      [`globalThis.dataLayer.push(entry)`, 'dataLayer.push()'],
      [`posthog.capture('x'); posthog?.capture('y')`, 'posthog.capture()', 'posthog.capture()'],
      [`ReactGA.event({ category: 'Form', action: 'Sent' })`, 'ReactGA.event()'],
      [`analytics.track('X'); mixpanel.track('X')`, 'analytics.track()', 'mixpanel.track()'],
      [`amplitude.logEvent('X')`, 'amplitude.logEvent()'],
      [`plausible('X')`, 'plausible()'],
      [`_paq.push(['trackEvent', 'Form', 'Sent'])`, '_paq.push()'],
      [`umami.track('x'); window['umami']['track']('y')`, 'umami.track()', 'umami.track()'],
      [`rudderanalytics.track('X')`, 'rudderanalytics.track()'],
      [`tracking.trackEvent({ action: 'x' })`, 'tracking.trackEvent()'],
    ],
  },
  'no-track-in-render': {
    valid: [
      `tracker.track('app_started')`,
      `function Page() { return <button onClick={() => track('x')} /> }`,
      `function Page() { useEffect(() => { track('x') }, []); return null }`,
      `function onZoom() { track('map_zoomed') }`,
      `function Page() { const zoomed = useCallback(() => track('x'), []); return <Map onZoom={zoomed} /> }`,
      `import { track } from '@vercel/analytics'\nfunction Page() { track('x'); return null }`,
      `function Page() { analytics.track('x'); return null }`,
    ],
    invalid: [
      [`function Page() { const track = useTrack(); track('x'); return <p /> }`, 'in each render'],
      [`const Page = () => <p>{track('x').outcome}</p>`, 'StrictMode'],
      [`const Page = memo(forwardRef((props, ref) => { tracker.track('x'); return null }))`, 'track() runs'],
      [`function usePlan() { useTracker().track; tracking.tracker.track('x') }`, 'track() runs'],
      [`function Page() { useMemo(() => track('x'), []); return null }`, 'track() runs'],
      [
        `import { track } from '../tracking'\nfunction Page() { if (open) track?.('x'); return null }`,
        'track()',
      ],
    ],
  },
  'no-track-in-effect': {
    valid: [
      `function Page() { useEffect(() => player.on('end', () => track('x')), []) }`,
      `function Page() { useEffect(() => { mixpanel.track('x') }, []) }`,
      `function Page() { return <button onClick={() => track('x')} /> }`,
      `effect(() => track('x'))`,
    ],
    invalid: [
      [`function Page() { useEffect(() => { track('x') }, []) }`, 'at each mount'],
      [`function Page() { React.useLayoutEffect(() => void tracker.track('x'), [id]) }`, 'at each mount'],
      [`function Page() { useEffect(function seen() { if (open) track('x') }) }`, 'at each mount'],
    ],
  },
  'no-tracker-in-component': {
    valid: [
      `const tracker = createTracker({ plan })`,
      `export function startTracking() { return createTracker({ plan }) }`,
      `function Preview() { useEffect(() => { const made = createTracker({ plan }); return () => made.dispose() }) }`,
      `function Page() { return createTestTracker(plan) }`,
    ],
    invalid: [
      [`function App() { const tracker = createTracker({ plan }); return null }`, 'RMC107'],
      [`const App = () => <Provider tracker={createTracker({ plan })} />`, 'in each render'],
      [`function App() { const [tracker] = useState(() => createTracker({ plan })) }`, 'in a module'],
      [`function useOwnTracker() { return useMemo(() => core.createTracker({ plan }), []) }`, 'in a module'],
    ],
  },
  'no-double-report': {
    valid: [
      `<Impression event="seen"><PricingLink event="pricing_clicked" href="/p" /></Impression>`,
      `<><PricingLink event="a" /><TrackedLink /></>`,
      `<TrackedButton event="a" onClick={() => track('b')} />`,
      `<TrackedButton event="a" onClick={() => open()} />`,
      `<button onClick={() => track('a')} />`,
      `<TrackedButton event="a" onClick={() => later(() => track('a'))} />`,
      `<TrackedLink render={(props) => <PricingLink event="a" />} />`,
    ],
    invalid: [
      [`<TrackedButton event="a" onClick={() => track('a')} />`, '<TrackedButton> already reports "a"'],
      [`<PricingLink event={'a'} onClick={function () { tracker.track('a', {}) }} />`, 'in onClick'],
      [
        `<TrackedForm events={{ success: 'a' }} onSubmit={async () => { await save(); track('a') }} />`,
        '<TrackedForm> already reports "a"',
      ],
      [
        `<TrackedLink><b><Admin.PricingLink event="a" /></b></TrackedLink>`,
        'A click on <PricingLink> is also a click on the <TrackedLink> around it',
      ],
      [`<TrackedButton event="a">{open && <TrackedButton event="b" />}</TrackedButton>`, 'two events'],
    ],
  },
  'no-toggle-both-ways': {
    valid: [
      `<details onToggle={(event) => event.currentTarget.open && track('faq_opened')} />`,
      `<details onToggle={(event) => { if (event.currentTarget.open) track('faq_opened') }} />`,
      `<details onToggle={(event) => { if (!event.currentTarget.open) return; track('faq_opened') }} />`,
      `<div popover="" onToggle={({ newState }) => { newState === 'open' ? track('opened') : close() }} />`,
      `<details onToggle={() => setOpen(true)} />`,
      `<details onClick={() => track('faq_clicked')} />`,
    ],
    invalid: [
      [`<details onToggle={() => track('faq_opened')} />`, 'each opening is counted twice'],
      [`<details onToggle={() => { tracker.track('a'); if (open) close() }} />`, 'event.currentTarget.open'],
    ],
  },
  'no-submit-as-success': {
    valid: [
      `<TrackedForm events={{ success: 'demo_booked' }} onSubmit={book} />`,
      `<form onSubmit={async () => { await save(); track('demo_booked') }} />`,
      `<form onSubmit={() => save().then(() => track('demo_booked'))} />`,
      `<button onClick={() => track('demo_opened')} />`,
    ],
    invalid: [
      [`<form onSubmit={() => track('demo_booked')} />`, 'before the server has answered'],
      [`<TrackedForm onSubmit={async () => { track('a'); await save() }} />`, '<TrackedForm events='],
      [`<form onSubmit={(event) => { event.preventDefault(); save(); tracker.track('a') }} />`, 'conversion'],
    ],
  },
  'no-personal-data': {
    valid: [
      `track('contact_clicked', { phone: 'header', email: true })`,
      `save({ email })`,
      `track('x', { tier, email_length: email.length })`,
      `<Field properties={{ email }} />`,
      `useImpression({ properties: { email } })`,
      `import { useImpression } from './impressions'; useImpression({ properties: { email } })`,
      `tracker.identify(user.id)`,
      `tracker.identify(user.email, { hash: 'sha-256' })`,
      `identify(user.email, options)`,
      `posthog.identify(user.email)`,
      `track(email, 'x')`,
    ],
    invalid: [
      [`track('demo_booked', { email })`, '"email" is personal data by its name'],
      [`tracker.track('demo_booked', { contact: { 'first-name': name } })`, '"first-name"'],
      [`<PricingLink event="a" properties={{ phone_number: user.phone }} />`, '"phone_number"'],
      [`<TrackingScope properties={{ userEmail: user.email.trim() }} />`, '"userEmail"'],
      [
        `import { useImpression } from 'react-microconversions'; useImpression({ name: 'hero', properties: { email } })`,
        '"email"',
      ],
      [`<TrackedScheduler name="demo" properties={{ email }} />`, '"email"'],
      [`tracker.identify(user.email)`, "{ hash: 'sha-256' }"],
      [`identify(email, { traits: {} })`, 'identify(email)'],
    ],
  },
  'no-address-in-properties': {
    valid: [
      `track('x', { path: location.pathname })`,
      `fetch(location.href)`,
      `track('x', { url: location.href.split('?')[0], path: new URL(location.href).pathname })`,
      `track('x', { location: 'header', referrer: true })`,
      `track('x', { place: { location: city } })`,
      `track('x', { office: office.location })`,
      `<a properties={{ url: location.href }} />`,
      `track('x', { done: () => location.href })`,
    ],
    invalid: [
      [`track('x', { url: location.href })`, 'location.href has a query'],
      [
        `track('x', { url: window.location.href, from: document.referrer })`,
        'location.href',
        'document.referrer',
      ],
      [`track('x', { location })`, 'location has a query'],
      [`track('x', { url: String(document.location) })`, 'document.location'],
      [`<PricingLink event="a" properties={{ query: location.search }} />`, 'location.search'],
      [`tracker.track('x', { url: document.URL })`, 'document.URL'],
    ],
  },
  'no-granted-by-default': {
    valid: [
      `createTracker({ plan })`,
      `createTracker({ plan, consent: 'pending' })`,
      `createTracker({ plan, consent: answer ? 'granted' : 'denied' })`,
      `createTestTracker(plan, { consent: 'granted' })`,
      `tracker.consent.update('granted')`,
      `createTracker(options)`,
    ],
    invalid: [
      [`createTracker({ plan, consent: 'granted' })`, 'who were never asked'],
      [`createTracker({ plan, consent: { analytics: 'granted', ads: 'pending' } })`, 'consent.update'],
    ],
  },
  'no-overlay-for-everybody': {
    valid: [
      `${inProduction}const a = <MicroconversionDevtools enabled={user.isTester} because="staging" />`,
      `${inProduction}const a = <MicroconversionDevtools enabled={urlFlag('debug')} because="staging" />`,
      `${inProduction}const a = <MicroconversionPanel enabled={() => isStaging()} because="staging" />`,
      `${inProduction}microconversionsPlugin(tracker, { enabled: isStaging, because: 'staging' })`,
      `import { MicroconversionDevtools } from 'react-microconversions/devtools'\nconst a = <MicroconversionDevtools enabled />`,
      `const a = <MicroconversionDevtools enabled />`,
      `${inProduction}const a = <Other enabled />`,
    ],
    invalid: [
      [`${inProduction}const a = <MicroconversionDevtools enabled because="x" />`, 'always on here'],
      [`${inProduction}const a = <MicroconversionPanel enabled={true} because="x" />`, 'every user'],
      [`${inProduction}const a = <MicroconversionDevtools enabled={() => true} because="x" />`, 'always on'],
      [`${inProduction}microconversionsPlugin(tracker, { enabled: true, because: 'x' })`, 'a condition'],
    ],
  },
}

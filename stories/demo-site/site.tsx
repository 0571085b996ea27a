import { type ReactNode, useEffect, useRef } from 'react'
import { type AnyTracker, MicroconversionProvider, usePage } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import type { Send } from './booking.ts'
import { ConsentBanner } from './components/consent-banner.tsx'
import { DemoPage } from './components/demo-page.tsx'
import { Footer } from './components/footer.tsx'
import { Header } from './components/header.tsx'
import { LandingPage } from './components/landing-page.tsx'
import { PricingPage } from './components/pricing-page.tsx'
import { Router, useRoute } from './router.tsx'
import './site.css'
import './sections.css'

export interface SiteProps {
  readonly tracker: AnyTracker
  /** Books the demo. */
  readonly send: Send
  /** The address to open first. */
  readonly start?: string | undefined
  /** The devtools overlay is open, or a button, or left out. */
  readonly overlay?: 'open' | 'button' | 'none' | undefined
  readonly onNavigate?: ((path: string) => void) | undefined
}

export function Site({ tracker, send, start = '/', overlay = 'open', onNavigate }: SiteProps) {
  return (
    <MicroconversionProvider tracker={tracker}>
      <Router start={start} onNavigate={onNavigate}>
        <Page send={send} />
      </Router>
      {overlay !== 'none' && (
        <MicroconversionDevtools
          key={overlay}
          // eslint-disable-next-line microconversions/no-overlay-for-everybody -- the site is a demonstration
          enabled
          because="this site is a demonstration"
          defaultOpen={overlay === 'open'}
        />
      )}
    </MicroconversionProvider>
  )
}

const titles: Readonly<Record<string, string>> = {
  '/': 'Rostrel: the roster that ends the arguments',
  '/pricing': 'Pricing · Rostrel',
  '/demo': 'Book a demo · Rostrel',
}

function Page({ send }: Pick<SiteProps, 'send'>) {
  const { path } = useRoute()
  usePage({ pathname: path, title: titles[path] })
  const content: Readonly<Record<string, ReactNode>> = {
    '/pricing': <PricingPage />,
    '/demo': <DemoPage send={send} />,
  }
  return (
    <div className="site">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <ConsentBanner />
      <Header />
      <main ref={useArrival(path)} id="content" tabIndex={-1}>
        {content[path] ?? <LandingPage />}
      </main>
      <Footer />
    </div>
  )
}

/** A new page begins at its top, for eyes and for screen readers. */
function useArrival(path: string) {
  const main = useRef<HTMLElement>(null)
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [path])
  return main
}

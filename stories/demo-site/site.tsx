import { type ReactNode, useEffect, useRef } from 'react'
import { type AnyTracker, MicroconversionProvider, usePage } from 'react-microconversions'
import { MicroconversionDevtools } from 'react-microconversions/devtools/production'
import { ConsentBanner, ConsentDialog } from './components/consent-banner.tsx'
import { DemoPage } from './components/demo-page.tsx'
import { Footer } from './components/footer.tsx'
import { Header } from './components/header.tsx'
import { LandingPage } from './components/landing-page.tsx'
import { PricingPage } from './components/pricing-page.tsx'
import type { Send } from './booking.ts'
import { Router, useRoute } from './router.tsx'
import './site.css'

export interface SiteProps {
  readonly tracker: AnyTracker
  /** Books the demo. */
  readonly send: Send
  /** The path to open first. */
  readonly start?: string | undefined
  /** The devtools overlay is open, a button, or left out. */
  readonly overlay?: 'open' | 'closed' | 'none' | undefined
  readonly onNavigate?: ((path: string) => void) | undefined
}

export function Site({ tracker, send, start = '/', overlay = 'open', onNavigate }: SiteProps) {
  return (
    <MicroconversionProvider tracker={tracker}>
      <Router start={start} onNavigate={onNavigate}>
        <Pages send={send} />
      </Router>
      {overlay !== 'none' && <MicroconversionDevtools key={overlay} defaultOpen={overlay === 'open'} />}
    </MicroconversionProvider>
  )
}

const titles: Readonly<Record<string, string>> = {
  '/': 'Rostrel: the roster nobody argues with',
  '/pricing': 'Pricing · Rostrel',
  '/demo': 'Book a demo · Rostrel',
}

function Pages({ send }: Pick<SiteProps, 'send'>) {
  const { path } = useRoute()
  usePage(path, { title: titles[path] })
  const pages: Readonly<Record<string, ReactNode>> = {
    '/': <LandingPage />,
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
      <Main key={path}>{pages[path] ?? pages['/']}</Main>
      <Footer />
      <ConsentDialog />
    </div>
  )
}

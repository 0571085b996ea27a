import { TrackedForm, useTrackedForm, VideoProgress } from 'react-microconversions'
import type { ReactElement } from 'react'

export const lacking: ReactElement = <TrackedForm name="demo" events={{ success: 'pricing_clicked' }} />
export const misspelt: ReactElement = <TrackedForm name="demo" events={{ success: 'demo_bookd' }} />
export const unknownFact: ReactElement = <TrackedForm name="demo" events={{ succes: 'demo_booked' }} />
export const unmended: ReactElement = <TrackedForm name="demo" events={{ success: { event: 'pricing_clicked' } }} />
export const wrongMend: ReactElement = <TrackedForm name="demo" events={{ success: { event: 'pricing_clicked', properties: { tier: 'gold' } } }} />
export const wrongName: ReactElement = <TrackedForm name="demo" events={{ success: { event: 'pricing_clickd', properties: { tier: 'pro' } } }} />
export const wrongKey: ReactElement = <TrackedForm name="demo" events={{ success: { event: 'pricing_clicked', properties: { teir: 'pro' } } }} />
export const contradicted: ReactElement = <TrackedForm name="demo" properties={{ tier: 'gold' }} events={{ success: 'pricing_clicked' }} />
export const optionalContradicted: ReactElement = <TrackedForm name="demo" properties={{ question: 3 }} events={{ success: 'faq_opened' }} />
export const either: ReactElement = <TrackedForm name="demo" events={{ success: Math.random() ? 'pricing_clicked' : 'demo_booked' }} />
export const nameless: ReactElement = <TrackedForm events={{ success: 'demo_booked' }} />
export const wrongType: ReactElement = <TrackedForm name="demo" events={{ success: 3 }} />
export const forbidden: ReactElement = <TrackedForm name="demo" events={{ success: { event: 'demo_booked', properties: { a: 1 } } }} />
export const replacedWrongly: ReactElement = <TrackedForm name="demo" events={{ start: { event: 'form_start', properties: { form_name: 3 } } }} />

export function useOwn(): void {
  useTrackedForm({ name: 'own', events: { success: 'pricing_clicked' } })
  useTrackedForm({ name: 'own', events: { success: 'demo_bookd' } })
  useTrackedForm({ name: 'own', events: { succes: 'demo_booked' } })
}

export const mark: ReactElement = <VideoProgress name="tour" marks={[25, '30%']} />
export const markText: ReactElement = <VideoProgress name="tour" marks={[25, 'thirty']} />
export const mode: ReactElement = <VideoProgress name="tour" mode="wached" />
export const filmless: ReactElement = <VideoProgress marks={[25]} />
export const videoLacking: ReactElement = <VideoProgress name="tour" events={{ complete: 'pricing_clicked' }} />
export const videoMisspelt: ReactElement = <VideoProgress name="tour" events={{ complete: 'demo_bookd' }} />
export const videoUnknownFact: ReactElement = <VideoProgress name="tour" events={{ completed: 'demo_booked' }} />

import type { ReactElement } from 'react'
import {
  Impression,
  type ImpressionProps,
  PricingLink,
  type PricingLinkProps,
  TrackedButton,
  type TrackedButtonProps,
  TrackedForm,
  type TrackedFormProps,
  TrackedLink,
  type TrackedLinkProps,
  useTrackedForm,
  VideoProgress,
  type VideoProgressProps,
} from 'react-microconversions'

function Form({ className = '', children, ...props }: TrackedFormProps): ReactElement {
  return (
    <TrackedForm {...props} className={`form ${className}`}>
      {children}
    </TrackedForm>
  )
}
const Price = (props: PricingLinkProps): ReactElement => <PricingLink {...props} className="price" />
const Link = (props: TrackedLinkProps): ReactElement => <TrackedLink {...props} className="link" />
const Button = (props: TrackedButtonProps): ReactElement => <TrackedButton type="button" {...props} />
const Video = (props: VideoProgressProps): ReactElement => <VideoProgress controls {...props} />
const Seen = (props: ImpressionProps): ReactElement => <Impression {...props} visibleRatio={1} />

export function Wrapped(): ReactElement {
  const form = useTrackedForm({ name: 'own', events: { success: 'demo_booked' } })
  return (
    <>
      <Form
        name="a"
        events={{ success: 'demo_booked' }}
        onSubmit={async () => fetch('/demo')}
        className="wide"
      >
        <input name="email" />
      </Form>
      <Form name="a" events={{ success: { event: 'pricing_clicked', properties: { tier: 'pro' } } }} />
      <Form name="a" events={{ start: { event: 'quote_asked', properties: { seats: 3 } } }} />
      <Form form={form} />
      <Price event="pricing_clicked" properties={{ tier: 'pro' }} href="/" />
      <Price event="demo_booked" href="/" />
      <Link event="pricing_clicked" properties={{ tier: 'pro' }} href="/" />
      <Link href="/" events={{ mail: 'demo_booked' }} ownDomains={['shop.example']} />
      <Link href="/" />
      <Button event="demo_booked" />
      <Video name="tour" events={{ complete: 'demo_booked' }} marks={[50, '30s']} />
      <Seen name="hero" events={{ impression: 'demo_booked' }}>
        <p />
      </Seen>
      {/* @expect TS2820|TS2322 "demo_bookd" */}
      <Form name="a" events={{ success: 'demo_bookd' }} />
      {/* @expect TS2322 "pricing_clicked" */}
      <Form name="a" events={{ success: 'pricing_clicked' }} />
      {/* @expect TS2322 "gold" */}
      <Form name="a" events={{ success: { event: 'pricing_clicked', properties: { tier: 'gold' } } }} />
      {/* @expect TS2561|TS2322|TS2353 "succes" */}
      <Form name="a" events={{ succes: 'demo_booked' }} />
      {/* @expect TS2322|TS2741 "name" */}
      <Form events={{ success: 'demo_booked' }} />
      {/* @expect TS2820|TS2322 "demo_bookd" */}
      <Price event="demo_bookd" href="/" />
      {/* @expect TS2322 "gold" */}
      <Price event="pricing_clicked" properties={{ tier: 'gold' }} href="/" />
      {/* @expect TS2322|TS2741 "properties" */}
      <Price event="pricing_clicked" href="/" />
      {/* @expect TS2820|TS2322 "demo_bookd" */}
      <Link event="demo_bookd" href="/" />
      {/* @expect TS2820|TS2322 "demo_bookd" */}
      <Link events={{ mail: 'demo_bookd' }} href="/" />
      {/* @expect TS2820|TS2322 "demo_bookd" */}
      <Button event="demo_bookd" />
      {/* @expect TS2820|TS2322 "demo_bookd" */}
      <Video name="tour" events={{ complete: 'demo_bookd' }} />
      {/* @expect TS2820|TS2322 "demo_bookd" */}
      <Seen name="hero" events={{ impression: 'demo_bookd' }}>
        <p />
      </Seen>
    </>
  )
}

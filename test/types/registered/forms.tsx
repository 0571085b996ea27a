import { type ReactElement, useRef } from 'react'
import {
  FormStep,
  TrackedForm,
  useTrackedForm,
  useVideoProgress,
  useVideoSummary,
  VideoProgress,
} from 'react-microconversions'

declare const book: () => Promise<void>

export function Forms({ maybe, sku }: { maybe: string | undefined; sku: string }): ReactElement {
  const ref = useRef<HTMLFormElement>(null)
  const own = useTrackedForm({ name: 'own', events: { success: 'demo_booked' } })
  return (
    <>
      <TrackedForm name="demo" />
      <TrackedForm
        name="demo"
        events={{ start: 'form_start', success: 'demo_booked' }}
        onSubmit={book}
        ref={ref}
      >
        <FormStep name="who" index={1} of={3} className={maybe} />
      </TrackedForm>
      <TrackedForm
        name="demo"
        events={undefined}
        properties={undefined}
        className={maybe}
        outcome={() => 'success'}
      />
      <TrackedForm name="demo" events={{ start: undefined, abandon: maybe ? 'form_abandon' : undefined }} />
      <TrackedForm name="demo" events={{ start: maybe ? 'form_start' : 'demo_booked' }} />
      {/* The properties of the component fill in what the fact does not carry. */}
      <TrackedForm name="demo" properties={{ tier: 'pro' }} events={{ success: 'pricing_clicked' }} />
      <TrackedForm
        name="demo"
        properties={{ sku, tags: ['new'], price: '1' }}
        events={{ success: 'product_viewed' }}
      />
      {/* Or those of the event do. */}
      <TrackedForm
        name="demo"
        events={{ success: { event: 'pricing_clicked', properties: { tier: 'pro' } } }}
      />
      <TrackedForm
        name="demo"
        events={{ success: { event: 'demo_booked' }, start: { event: 'form_start' } }}
      />
      <TrackedForm
        name="demo"
        events={{ start: { event: 'form_start', properties: { form_name: 'other' } } }}
      />
      <TrackedForm
        name="demo"
        properties={{ sku }}
        events={{ start: { event: 'product_viewed', properties: { tags: ['new'], price: '1' } } }}
      />
      <TrackedForm
        name="demo"
        events={{ start: { event: 'quote_asked', properties: { seats: 3 } }, submit: 'faq_opened' }}
      />
      <TrackedForm
        name="demo"
        events={{ start: { event: 'chat_opened', properties: { by: 'visitor', field: 'a' } } }}
      />
      <TrackedForm form={own} onSubmit={book} />
      <form ref={own.ref} onSubmit={own.handleSubmit(book)} />
    </>
  )
}

/** Every fact satisfies the standard event that is named after it. */
export const standard: ReactElement = (
  <>
    <TrackedForm
      name="demo"
      events={{
        start: 'form_start',
        field: 'form_field',
        step: 'form_step',
        calendar: 'form_calendar',
        slot: 'form_slot',
        submit: 'form_submit',
        success: 'form_success',
        failure: 'form_failure',
        abandon: 'form_abandon',
        resume: 'form_resume',
      }}
    />
    <VideoProgress
      name="tour"
      events={{ start: 'video_start', progress: 'video_progress', complete: 'video_complete' }}
    />
  </>
)

export function Videos({ maybe }: { maybe: boolean | undefined }): ReactElement {
  const ref = useRef<HTMLVideoElement>(null)
  return (
    <>
      <VideoProgress name="tour" src="/tour.webm" controls />
      <VideoProgress
        name="tour"
        marks={[25, 50, '30s', 90]}
        events={{ complete: 'tour_watched' }}
        ref={ref}
        muted={maybe}
      />
      <VideoProgress
        name="tour"
        marks={undefined}
        mode="reached"
        provider="hls"
        events={{ progress: 'demo_booked' }}
      />
      <VideoProgress
        name="tour"
        properties={{ tier: 'pro' }}
        events={{
          start: 'pricing_clicked',
          complete: { event: 'quote_asked', properties: { seats: 1, form_name: 'a' } },
        }}
      />
      <VideoProgress
        name="tour"
        live={maybe}
        ignore={[
          [0, 15],
          [60, Number.POSITIVE_INFINITY],
        ]}
        ref={useVideoSummary({ name: 'tour', ignore: undefined, events: { summary: 'tour_watched' } })}
      />
      <audio muted ref={useVideoProgress({ name: 'talk', marks: ['30s', 50] })} />
    </>
  )
}

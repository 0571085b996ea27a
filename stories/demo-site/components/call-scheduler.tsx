import { useEffect, useRef } from 'react'
import { calendly } from 'react-microconversions/embeds'
import { TrackedScheduler } from '../tracking.ts'
import { DemoProgress, demoStages } from './demo-progress.tsx'

/** A page of our own stands for Calendly's, so that the demo books without a service. */
const page = '/scheduler/index.html'
const provider = calendly({ origins: [location.origin] })

interface CallSchedulerProps {
  /** Joined to every event of the scheduler. */
  readonly tier: string
  readonly email: string
}

/** The last step: the scheduling service books the call, and its messages are what is counted. */
export function CallScheduler({ tier, email }: CallSchedulerProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="card scheduler">
      <DemoProgress index={demoStages.length - 1} />
      <h2 ref={heading} tabIndex={-1}>
        {demoStages.at(-1)}
      </h2>
      <TrackedScheduler
        name="planner-call"
        provider={provider}
        properties={{ tier }}
        events={{ open: 'form_calendar', slot: 'form_slot', booked: 'demo_booked' }}
      >
        <iframe title="Choose a time" src={`${page}?email=${encodeURIComponent(email)}`} />
      </TrackedScheduler>
    </div>
  )
}

import { type Destination, PermanentError, type TrackedEvent } from 'react-microconversions/core'
import { destinationContract } from 'react-microconversions/testing'
import { test } from 'vitest'

function queueOf(post: (event: TrackedEvent) => Promise<{ status: number }>): Destination {
  return {
    name: 'queue',
    async send(events) {
      for (const event of events) {
        const { status } = await post(event)
        if (status === 400) throw new PermanentError('refused')
        if (status !== 200) throw new Error(`status ${status}`)
      }
    },
  }
}

const contract = destinationContract(() => {
  const received: TrackedEvent[] = []
  const destination = queueOf(async (event) => {
    received.push(event)
    return { status: 200 }
  })
  return { destination, received: () => received }
})
for (const { name, run } of contract) test(name, run)

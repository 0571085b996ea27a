import { fireEvent } from '@testing-library/react'
import { StrictMode } from 'react'
import { TrackedForm, type TrackedFormHandle, useTrackedForm } from 'react-microconversions'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guardForms, openForm, press, type } from '../../support/form-tracking.tsx'
import { sent } from './plan.ts'

/** A callback of the application, which asks while a listener, a timer or a promise of the trigger runs. */
const broken = (): never => {
  throw new Error('broken callback')
}

const escaped: string[] = []
const note = (event: ErrorEvent | PromiseRejectionEvent) => {
  event.preventDefault()
  escaped.push('message' in event ? event.message : String(event.reason))
}
beforeEach(() => {
  escaped.length = 0
  window.addEventListener('error', note)
  window.addEventListener('unhandledrejection', note)
})
afterEach(() => {
  window.removeEventListener('error', note)
  window.removeEventListener('unhandledrejection', note)
})

describe('a form whose callback throws', () => {
  guardForms()
  let handle: TrackedFormHandle

  function Form({ save }: { readonly save: () => unknown }) {
    const form = useTrackedForm({ name: 'demo', invalidFields: broken })
    handle = form
    return (
      <TrackedForm form={form} onSubmit={save}>
        <input aria-label="Email" name="email" />
        <button type="submit">Send</button>
      </TrackedForm>
    )
  }

  const open = (save: () => unknown) => {
    const tracking = openForm(
      <StrictMode>
        <Form save={save} />
      </StrictMode>,
    )
    const unobserved = () => JSON.stringify(tracking.tracker.record.get().unobserved)
    return { ...tracking, isNamed: () => expect.poll(unobserved).toContain('broken callback') }
  }

  it.each<[string, () => unknown]>([
    ['in the promise of a handler', () => sent()],
    ['in a handler without a promise', () => ({ ok: true })],
  ])('lets no error out %s, and names it in the record', async (_, save) => {
    const { isNamed } = open(save)
    await press('Send')
    await isNamed()
    expect(escaped).toEqual([])
  })

  it('lets no error out at `pagehide`', async () => {
    const { isNamed } = open(sent)
    fireEvent.input(document.querySelector('input') as Element, { target: { value: 'a' } })
    fireEvent.change(document.querySelector('input') as Element)
    window.dispatchEvent(new PageTransitionEvent('pagehide'))
    await isNamed()
    expect(escaped).toEqual([])
  })

  it('lets no error out of the functions that the application calls', async () => {
    const { isNamed } = open(sent)
    await type('Email', 'a')
    expect(() => handle.fail('taken')).not.toThrow()
    await isNamed()
    expect(escaped).toEqual([])
  })
})

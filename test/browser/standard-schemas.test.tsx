import { cleanup, configure } from '@testing-library/react'
import { Ajv2020 } from 'ajv/dist/2020.js'
import {
  definePlan,
  FormStep,
  Impression,
  standardEvents,
  TrackedForm,
  TrackedLink,
  useChecklist,
  useDwell,
  usePage,
  useReturnVisit,
  useScrollDepth,
  useSearchTracking,
  useVideoSummary,
  VideoProgress,
} from 'react-microconversions'
import { renderWithTracking } from 'react-microconversions/testing'
import { afterEach, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { standardSchemas } from '../../src/cli/standard/standard-events.ts'
import { eventually } from './react/plan.ts'

configure({ reactStrictMode: true })
afterEach(cleanup)

const { form, video, search, onboarding, links, visibility, scroll, navigation } = standardEvents
const plan = definePlan({
  name: 'schemas',
  version: '1',
  events: { ...form, ...video, ...search, ...onboarding, ...links, ...visibility, ...scroll, ...navigation },
})
const tour = new URL('../fixtures/tour.webm', import.meta.url).href
const outside = (event: { preventDefault: () => void }) => event.preventDefault()

async function send(event: { preventDefault: () => void }) {
  event.preventDefault()
  await new Promise<void>((done) => setTimeout(done))
}

function Everything({ gone }: { readonly gone: boolean }) {
  usePage({ pathname: '/all' })
  useReturnVisit()
  useSearchTracking({ name: 'docs', term: 'swaps', results: 0, filters: ['new'], settle: '1ms' })
  useScrollDepth()
  const { complete } = useChecklist({ name: 'setup', items: ['one'] })
  const dwell = useDwell({ name: 'dwell' })
  const summary = useVideoSummary({ name: 'tour' })
  if (gone) return null
  return (
    <>
      <Impression name="hero">
        <h1 ref={dwell}>Hero</h1>
      </Impression>
      <button type="button" onClick={() => complete('one')}>
        Complete
      </button>
      <TrackedLink href="https://partner.example/" onClick={outside}>
        Partner
      </TrackedLink>
      <TrackedLink href="/guide.pdf" onClick={outside}>
        Guide
      </TrackedLink>
      <TrackedLink href="mailto:a@example.com" onClick={outside}>
        Mail
      </TrackedLink>
      <TrackedForm name="demo" onSubmit={send}>
        <FormStep name="contact" index={1}>
          <input name="company" aria-label="Company" required />
        </FormStep>
        <button type="submit">Send</button>
      </TrackedForm>
      <VideoProgress name="tour" ref={summary} src={tour} muted />
    </>
  )
}

it('describe what components report', async () => {
  const { rerender, tracker, destination } = renderWithTracking(<Everything gone={false} />, { plan })
  const names = () => new Set(destination.events.map(({ name }) => name))
  const reported = (...wanted: readonly string[]) =>
    eventually(async () => {
      await tracker.flush()
      expect([...names()]).toEqual(expect.arrayContaining([...wanted]))
    })
  const click = (role: 'button' | 'link', name: string) => userEvent.click(page.getByRole(role, { name }))
  await click('button', 'Send')
  await userEvent.fill(page.getByLabelText('Company'), 'Alder')
  await click('button', 'Send')
  await reported('form_start', 'form_field', 'form_step', 'form_failure', 'form_submit', 'form_success')
  for (const name of ['Partner', 'Guide', 'Mail']) await click('link', name)
  await click('button', 'Complete')
  const element = document.querySelector('video')
  await element?.play()
  await reported(
    'video_start',
    'click',
    'file_download',
    'mail_clicked',
    'checklist_completed',
    'element_viewed',
  )
  await userEvent.fill(page.getByLabelText('Company'), 'Birch')
  rerender(<Everything gone />)
  await reported('video_summary', 'element_dwelled', 'search', 'search_found_nothing', 'page_view')

  const ajv = new Ajv2020({ allErrors: true })
  for (const { name, properties } of destination.events) {
    const validate = ajv.compile(standardSchemas[name] ?? false)
    expect(validate(properties) ? [] : validate.errors, name).toEqual([])
  }
})

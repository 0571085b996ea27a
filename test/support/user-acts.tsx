import 'react-microconversions/testing/vitest-4'
import { cleanup } from '@testing-library/react'
import {
  definePlan,
  event,
  Impression,
  standardEvents,
  useDwell,
  useScrollDepth,
  VideoProgress,
} from 'react-microconversions'
import { createTestTracker, renderWithTracking } from 'react-microconversions/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EveryTrigger, plan as everyPlan } from './every-trigger.tsx'
import { listenToAdvice } from './tracking.ts'

const plan = definePlan({
  name: 'acts',
  version: '1',
  events: {
    ...standardEvents.visibility,
    ...standardEvents.scroll,
    ...standardEvents.video,
    page_left: event({}),
  },
})

function Page() {
  const dwell = useDwell({ name: 'faq' })
  useScrollDepth()
  return (
    <>
      <Impression name="hero">
        <h1>
          Hero <em>now</em>
        </h1>
      </Impression>
      <section ref={dwell}>Questions</section>
      <p>Not observed</p>
      <VideoProgress name="tour" data-testid="tour" src="/tour.mp4" />
    </>
  )
}

export function describeUserActs(where: string): void {
  describe(where, () => {
    afterEach(() => {
      cleanup()
      vi.useRealTimers()
    })

    it('mounts every component and hook', () => {
      const advice = listenToAdvice()
      const tracking = createTestTracker(everyPlan)
      const { container } = renderWithTracking(<EveryTrigger tracker={tracking.tracker} />, {
        plan: everyPlan,
      })
      expect(container.querySelector('form')).not.toBeNull()
      expect(tracking.tracker.record.get().unobserved).toBeUndefined()
      expect(advice().filter((said) => said.includes('RMC330'))).toEqual([])
    })

    it.each(['real', 'fake'])('shows an element for as long as it takes, in %s time', async (time) => {
      if (time === 'fake') vi.useFakeTimers()
      const tracking = renderWithTracking(<Page />, { plan })
      await tracking.see(tracking.getByText('now'), { for: '0.5s' })
      await tracking.see(tracking.getByText('Hero'), { ratio: 0.2 })
      expect(tracking).not.toHaveFired('element_viewed')
      await tracking.see(tracking.getByText('Hero'))
      expect(tracking).toHaveFiredTimes('element_viewed', 1, { element_name: 'hero', visible_ratio: 1 })
      await tracking.see(tracking.getByText('Questions'), { for: '2s' })
      tracking.unmount()
      if (time === 'fake') await vi.advanceTimersByTimeAsync(10)
      await expect.poll(() => tracking.decisions().map((each) => each.event)).toContain('element_dwelled')
      expect(tracking).toHaveFired('element_dwelled', { element_name: 'faq' })
    })

    it('refuses an element that nothing observes', async () => {
      const tracking = renderWithTracking(<Page />, { plan })
      await expect(tracking.see(tracking.getByText('Not observed'))).rejects.toThrow('Nothing observes')
    })

    it('scrolls', async () => {
      const tracking = renderWithTracking(<Page />, { plan })
      await tracking.scrollTo(0.55)
      expect(
        tracking.decisions().map(({ event: name, properties }) => [name, properties?.['percent_scrolled']]),
      ).toEqual([
        ['scroll', 25],
        ['scroll', 50],
      ])
    })

    it('plays', async () => {
      const tracking = renderWithTracking(<Page />, { plan })
      await tracking.play(tracking.getByTestId('tour') as HTMLVideoElement, { to: 30, duration: 60 })
      expect(tracking).toHaveFiredTimes('video_start', 1)
      expect(tracking).toHaveFired('video_progress', {
        video_percent: 50,
        watched_percent: expect.any(Number),
      })
      expect(tracking).not.toHaveFired('video_complete')
      await tracking.play(tracking.getByTestId('tour') as HTMLVideoElement)
      expect(tracking).toHaveFiredInOrder(['video_start', 'video_progress', 'video_complete'])
    })
  })
}

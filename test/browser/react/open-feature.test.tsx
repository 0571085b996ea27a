import {
  InMemoryProvider,
  OpenFeature,
  OpenFeatureProvider,
  useBooleanFlagValue,
  useFlag,
} from '@openfeature/react-sdk'
import { cleanup, configure, render } from '@testing-library/react'
import {
  definePlan,
  event,
  MicroconversionProvider,
  standardEvents,
  TrackedButton,
} from 'react-microconversions'
import { openFeatureHook } from 'react-microconversions/experiments'
import { createTestTracker } from 'react-microconversions/testing'
import { afterEach, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'

configure({ reactStrictMode: true })

const plan = definePlan({
  name: 'flags',
  version: '1',
  events: { ...standardEvents.experiments, demo_opened: event({}) },
})

/** Gives the reason of a random assignment, as a provider of experiments does. */
class Experiments extends InMemoryProvider {
  override resolveBooleanEvaluation(...given: Parameters<InMemoryProvider['resolveBooleanEvaluation']>) {
    return { ...super.resolveBooleanEvaluation(...given), reason: 'SPLIT' }
  }
}

const flag = (defaultVariant: 'on' | 'off') => ({
  variants: { on: true, off: false },
  defaultVariant,
  disabled: false,
})

function Hero() {
  const isUrgent = useBooleanFlagValue('hero', false)
  const { value: isShort } = useFlag('label', false)
  return (
    <TrackedButton event="demo_opened">{`Book${isShort ? '' : ' a demo'}${isUrgent ? ' today' : ''}`}</TrackedButton>
  )
}

afterEach(async () => {
  cleanup()
  OpenFeature.clearHooks()
  await OpenFeature.clearProviders()
})

it('reports each experiment once, under StrictMode, after renders and re-mounts, with the variant on later events', async () => {
  const { tracker, destination, decisions } = createTestTracker(plan)
  const provider = new Experiments({ hero: flag('on'), label: flag('off') })
  await OpenFeature.setContext({ targetingKey: 'ada@example.test' })
  await OpenFeature.setProviderAndWait(provider)
  OpenFeature.addHooks(openFeatureHook(tracker))
  const app = (
    <MicroconversionProvider tracker={tracker}>
      <OpenFeatureProvider>
        <Hero />
      </OpenFeatureProvider>
    </MicroconversionProvider>
  )
  const { rerender, unmount } = render(app)
  rerender(app)
  unmount()
  render(app)
  await userEvent.click(page.getByRole('button', { name: 'Book a demo today' }))
  await provider.putConfiguration({ hero: flag('off'), label: flag('off') })
  await userEvent.click(page.getByRole('button', { name: 'Book a demo', exact: true }))
  await tracker.flush()

  expect(destination.events.map(({ name, properties }) => [name, properties['experiment_id']])).toEqual([
    ['experiment_viewed', 'hero'],
    ['experiment_viewed', 'label'],
    ['demo_opened', undefined],
    ['demo_opened', undefined],
  ])
  const [first, second] = destination.events.slice(2)
  expect(first?.context.experiments).toEqual({ hero: 'on', label: 'off' })
  expect(second?.context.experiments).toEqual({ hero: 'off', label: 'off' })
  expect(JSON.stringify([destination.events, decisions()])).not.toContain('ada@')
})

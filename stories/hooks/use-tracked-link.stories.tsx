import type { ComponentPropsWithRef } from 'react'
import { useTrackedLink } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside } from '../support/beside.tsx'
import { gives, takes } from '../support/rows.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

const meta = preview.meta({
  title: 'Hooks/useTrackedLink',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Returns props for a link element of your own. Spread them on it, and it reports as `PricingLink` or `TrackedLink` does.\n\n```tsx\n<a {...useTrackedLink({ event: \'pricing_clicked\', properties: { tier } })} href="/pricing">\n```',
      },
    },
  },
  argTypes: {
    event: takes('string', 'Event to report when the link is used.'),
    properties: takes(
      '{ [property: string]: PropertyValue }',
      'Properties that the plan declares for the event.',
    ),
    component: takes('string', 'Name of the component in the record.', "'Link'"),
    onClick: takes('(event) => void', 'Called before the event is reported.'),
    onAuxClick: takes('(event) => void', 'Called before the event is reported.'),
    props: gives(
      '{ onClick, onAuxClick, onClickCapture, onAuxClickCapture }',
      'Props to spread on the link.',
    ),
  },
})

function DownloadCard({ guide, ...rest }: ComponentPropsWithRef<'a'> & { guide: string }) {
  const link = useTrackedLink({
    event: 'guide_downloaded',
    properties: { guide },
    component: 'DownloadCard',
    onClick: rest.onClick,
  })
  return (
    <a {...rest} {...link} href={`/guides/${guide}.pdf`}>
      Guide: {guide}
    </a>
  )
}

/** Adds reporting to a link component of your own. The record shows its name. */
export const OwnComponent = meta.story({
  render: () => <DownloadCard guide="swaps" />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link', { name: 'Guide: swaps' }))
    await expect(verdicts(canvasElement)).toEqual(['guide_downloaded fired'])
    await expect(await arrived(canvasElement)).toMatchObject([
      { properties: { guide: 'swaps' }, trigger: { component: 'DownloadCard', fact: 'click' } },
    ])
  },
})

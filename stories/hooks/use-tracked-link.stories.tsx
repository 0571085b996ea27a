import type { ComponentPropsWithRef } from 'react'
import { useTrackedLink } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { gives, takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './use-tracked-link.stories.tsx?raw'

const meta = preview.meta({
  title: 'Hooks/useTrackedLink',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'Props for a link of your own: spread them on it. What `PricingLink` does is this hook and an `<a>`.\n\n```tsx\n<a {...useTrackedLink({ event: \'pricing_clicked\', properties: { tier } })} href="/pricing">\n```',
      },
    },
  },
  argTypes: {
    event: takes('string', 'The event of the plan that a use of the link reports.'),
    properties: takes('{ [name]: value }', 'As the event declares them.'),
    component: takes('string', 'Named in the record.', "'Link'"),
    onClick: takes('(event) => void', 'Yours, called first.'),
    onAuxClick: takes('(event) => void', 'Yours, called first.'),
    props: gives('{ onClick, onAuxClick }', 'For the link.'),
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

/** Why: a component of your own becomes one that reports, and is named in the record as what it is. */
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

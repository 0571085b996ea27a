import { definePlan, standardEvents, useContentLinks } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { gives, takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrivedNames } from '../support/verdicts.ts'
import file from './use-content-links.stories.tsx?raw'

const plan = definePlan({ name: 'content', version: '1', events: standardEvents.links })

const meta = preview.meta({
  title: 'Hooks/useContentLinks',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          'For links that are not written in JSX: rendered Markdown, content of a CMS. What `TrackedLink` does, for each link inside of the element, also for those that come later.\n\n```tsx\n<article ref={useContentLinks()}>\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    events: takes(
      '{ internal, outbound, download, phone, mail }',
      'From facts to events.',
      'the standard names',
    ),
    properties: takes('{ [name]: value }', 'Joined to every fact.'),
    ownDomains: takes('string[]', 'More domains that are this site.', "the document's own"),
    ref: gives('RefCallback<Element>', 'For the element around the content.'),
  },
})

const html =
  '<p>Read the <a href="https://example.com/standard">standard</a>, or take the <a href="/swaps.pdf">guide</a>.</p>'

function Article() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: content that is not written in JSX
  return <article ref={useContentLinks()} dangerouslySetInnerHTML={{ __html: html }} />
}

/** Why: the links of an article come from its author, and count as any other. */
export const Markdown = meta.story({
  render: () => <Article />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const link of canvas.getAllByRole('link')) await userEvent.click(link)
    await expect(await arrivedNames(canvasElement)).toEqual(['click', 'file_download'])
  },
})

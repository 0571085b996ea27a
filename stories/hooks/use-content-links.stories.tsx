import { definePlan, standardEvents, useContentLinks } from 'react-microconversions'
import { expect } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { gives, takes } from '../support/rows.ts'
import { arrivedNames } from '../support/verdicts.ts'

const plan = definePlan({ name: 'content', version: '1', events: standardEvents.links })

const meta = preview.meta({
  title: 'Hooks/useContentLinks',
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          'Returns a ref for an element with links that are not written in JSX, such as rendered Markdown. Each link inside is tracked as `TrackedLink` does it, including links that are added later.\n\n```tsx\n<article ref={useContentLinks()}>\n```',
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    events: takes(
      '{ internal, outbound, download, phone, mail }',
      'Events by fact. Only the facts that it names are reported.',
      'the standard names',
    ),
    properties: takes('{ [property: string]: PropertyValue }', 'Properties that are added to every fact.'),
    ownDomains: takes('string[]', 'Further domains that belong to this site.', "the document's own"),
    ref: gives('RefCallback<Element>', 'Ref for the element around the content.'),
  },
})

const html =
  '<p>Read the <a href="https://example.com/standard">standard</a>, or take the <a href="/swaps.pdf">guide</a>.</p>'

function Article() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: content that is not written in JSX
  return <article ref={useContentLinks()} dangerouslySetInnerHTML={{ __html: html }} />
}

/** Reports the links of an article that is rendered from HTML. */
export const Markdown = meta.story({
  render: () => <Article />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    for (const link of canvas.getAllByRole('link')) await userEvent.click(link)
    await expect(await arrivedNames(canvasElement)).toEqual(['click', 'file_download'])
  },
})

import { RouterProvider as TanStackRouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { definePlan, event, standardEvents, usePage, useTrack } from 'react-microconversions'
import { RouterProvider } from 'react-router'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { createRouter } from '../guides/examples/react-router.tsx'
import { createAppRouter } from '../guides/examples/tanstack-router.tsx'
import { takes } from '../support/rows.ts'
import { shownCode } from '../support/shown-code.ts'
import { storyPlan } from '../support/story-plan.ts'
import { tracked, tracking } from '../support/tracked.tsx'
import { arrived, verdicts } from '../support/verdicts.ts'
import file from './use-page.stories.tsx?raw'

const plan = definePlan({
  name: 'pages',
  version: '1',
  events: {
    ...standardEvents.navigation,
    hint_opened: event({ frequency: 'once-per-page' }),
  },
})

const meta = preview.meta({
  title: 'Hooks/usePage',
  decorators: [tracked],
  parameters: {
    docs: {
      source: { transform: shownCode(file) },
      description: {
        component:
          "Begins a page scope when the router’s pathname changes, and emits `page_view` if the plan has it: about 300 ms later, or once the visitor acts, so that effects have set the title, and a redirect is no page. One call, in the component that knows the route.\n\n```tsx\nusePage(pathname, { params })                  // reported as /blog/:slug\nusePage(pathname, { template: '/blog/:slug' })\nusePage(pathname + search, { search: ['id'] })  // each id is a page\nusePage(undefined)                             // a modal: no page\n```",
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    pathname: takes(
      'string | null | undefined',
      'The router’s own. It identifies the page, without query, fragment and trailing slash. Undefined or null is no page.',
    ),
    params: takes('{ slug: string }', 'Option. `page.path` is made of them: `/blog/:slug`.'),
    template: takes('string', 'Option. What is reported as `page.path`.', 'the pathname'),
    search: takes(
      'string[]',
      'Option. Query parameters that make another page. Their values are not sent.',
      '[]',
    ),
    key: takes('string', 'Option. Makes another page where neither pathname nor `search` differs.'),
    title: takes('string', 'Option.', 'document.title, read at each event'),
    type: takes('string', 'Option. `page.type`, and `page_type` of `page_view`: `article`, `pricing`.'),
  },
})

function Page({ path, visit }: { readonly path: string; readonly visit: number }) {
  usePage(path, { title: `Page ${path}`, key: `${visit}` })
  const track = useTrack()
  return (
    <button type="button" onClick={() => track('hint_opened')}>
      Open the hint
    </button>
  )
}

function App() {
  const [path, setPath] = useState('/')
  const [visit, setVisit] = useState(1)
  const [, setTime] = useState(0)
  return (
    <div className="row">
      <Page path={path} visit={visit} />
      <button type="button" onClick={() => setPath('/blog')}>
        Go to the blog
      </button>
      <button type="button" onClick={() => setVisit(visit + 1)}>
        Visit again
      </button>
      <button type="button" onClick={() => setTime((time) => time + 1)}>
        Render again
      </button>
    </div>
  )
}

/** Why: in a single-page app nothing loads. This is how rules and reports learn that the page is another one. */
export const Overview = meta.story({
  render: () => <App />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Go to the blog' }))
    const events = await arrived(canvasElement)
    await expect(events.map(({ name, page }) => [name, page.path, page.number])).toEqual([
      ['page_view', '/', 1],
      ['page_view', '/blog', 2],
    ])
  },
})

/** Why: “once per page” opens again with the next page. */
export const OncePerPage = meta.story({
  render: () => <App />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const hint = () => canvas.getByRole('button', { name: 'Open the hint' })
    await userEvent.click(hint())
    await userEvent.click(hint())
    await userEvent.click(canvas.getByRole('button', { name: 'Go to the blog' }))
    await userEvent.click(hint())
    await expect(verdicts(canvasElement)).toEqual([
      'page_view fired',
      'hint_opened fired',
      'hint_opened dropped: frequency',
      'page_view fired',
      'hint_opened fired',
    ])
  },
})

/** Why: a render is no visit. Where neither pathname nor query says that the page is another one, `key` does. */
export const KeyOfTheVisit = meta.story({
  render: () => <App />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Render again' }))
    await expect(verdicts(canvasElement)).toEqual(['page_view fired'])
    await userEvent.click(canvas.getByRole('button', { name: 'Visit again' }))
    await arrived(canvasElement)
    await expect(verdicts(canvasElement)).toEqual(['page_view fired', 'page_view fired'])
  },
})

function Routed() {
  const [router] = useState(createRouter)
  return <RouterProvider router={router} />
}

/** Why: two lines for React Router: one `usePage` in the layout, and `render` on the link. */
export const WithReactRouter = meta.story({
  parameters: tracking({ plan: storyPlan }),
  render: () => <Routed />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('link', { name: 'See pricing' }))
    await userEvent.click(await canvas.findByRole('link', { name: 'Home' }))
    await canvas.findByRole('link', { name: 'See pricing' })
    await waitFor(async () =>
      expect((await arrived(canvasElement)).map(({ name, page }) => [name, page.path])).toEqual([
        ['page_view', '/'],
        ['pricing_clicked', '/'],
        ['page_view', '/pricing'],
        ['page_view', '/'],
      ]),
    )
  },
})

function RoutedByTanStack() {
  const [router] = useState(() => createAppRouter())
  return <TanStackRouterProvider router={router} />
}

/** Why: TanStack Router tells its own templates; a redirect is no page. */
export const WithTanStackRouter = meta.story({
  parameters: tracking({ plan: storyPlan }),
  render: () => <RoutedByTanStack />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(await canvas.findByRole('link', { name: 'See pricing' }))
    await userEvent.click(await canvas.findByRole('link', { name: 'Read on' }))
    await userEvent.click(await canvas.findByRole('link', { name: 'Home' }))
    await canvas.findByRole('link', { name: 'See pricing' })
    await waitFor(async () =>
      expect((await arrived(canvasElement)).map(({ name, page }) => [name, page.path])).toEqual([
        ['page_view', '/'],
        ['pricing_clicked', '/'],
        ['page_view', '/pricing'],
        ['page_view', '/blog/$slug'],
        ['page_view', '/'],
      ]),
    )
  },
})

import { RouterProvider as TanStackRouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { definePlan, event, standardEvents, usePage, useTrack } from 'react-microconversions'
import { RouterProvider } from 'react-router'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { createRouter } from '../guides/examples/react-router.tsx'
import { createAppRouter } from '../guides/examples/tanstack-router.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { takes } from '../support/rows.ts'
import { storyPlan } from '../support/story-plan.ts'
import { arrived, verdicts } from '../support/verdicts.ts'

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
  decorators: [beside],
  parameters: {
    docs: {
      description: {
        component:
          "Begins a page when the router’s pathname changes, and reports `page_view` if the plan has it. It reports about 300 ms later, or once the user acts, so that effects have set the title, and a redirect does not count as a page. Call it once, in the component that knows the route.\n\n```tsx\nusePage({ pathname, params })                  // reported as /blog/:slug\nusePage({ pathname, template: '/blog/:slug' })\nusePage({ pathname: pathname + search, search: ['id'] })  // each id is a page\nusePage({ pathname: undefined })               // a modal: no page\n```",
      },
    },
    ...tracking({ plan }),
  },
  argTypes: {
    pathname: takes(
      'string | null | undefined',
      'Pathname of your router. It identifies the page, without query, fragment and trailing slash. Undefined or null means no page.',
    ),
    params: takes('{ slug: string }', 'Route parameters, from which `page.path` is made: `/blog/:slug`.'),
    template: takes('string', 'Path that is reported as `page.path`.', 'the pathname'),
    search: takes('string[]', 'Query parameters that identify a page. Their values are not sent.', '[]'),
    key: takes('string', 'A new key begins a new page although the address is the same.'),
    title: takes('string', 'Title of the page.', 'document.title, read at each event'),
    type: takes(
      'string',
      'Reported as `page.type`, and as `page_type` of `page_view`: `article`, `pricing`.',
    ),
  },
})

function Page({ path, visit }: { readonly path: string; readonly visit: number }) {
  usePage({ pathname: path, title: `Page ${path}`, key: `${visit}` })
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

/** Begins a page when the pathname changes, as in a single-page application. */
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

/** Counts a “once per page” event again on the next page. */
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

/** Begins no page for a new rendering. `key` begins one if neither pathname nor query changes. */
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

/** Works with React Router: `usePage` in the layout, and `render` on the link. */
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

/** Works with TanStack Router, whose own templates name the pages. A redirect does not count as a page. */
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

import { useState } from 'react'
import {
  definePlan,
  event,
  Impression,
  journey,
  standardEvents,
  TrackedForm,
  TrackedLink,
  typed,
  useAttention,
  usePage,
  useScrollDepth,
  VideoProgress,
  type VisibilityFacts,
} from 'react-microconversions'
import { expect, waitFor } from 'storybook/test'
import preview from '../../.storybook/preview.tsx'
import { beside, tracking } from '../support/beside.tsx'
import { teaser } from '../support/media.ts'
import { arrived, arrivedNames, decisionsIn } from '../support/verdicts.ts'

const plan = definePlan({
  name: 'magazine',
  version: '1',
  events: {
    ...standardEvents.navigation,
    ...standardEvents.scroll,
    ...standardEvents.attention,
    ...standardEvents.video,
    ...standardEvents.links,
    newsletter_joined: event({ frequency: 'once-per-user', properties: typed<{ form_name: string }>() }),
    article_viewed: event({
      frequency: { per: 'session', key: ({ element_name }) => element_name },
      properties: typed<VisibilityFacts['impression']>(),
    }),
    second_article_read: event({ after: { event: 'article_viewed', times: 2, within: 'session' } }),
  },
})

const meta = preview.meta({
  title: 'Catalogue/Content',
  decorators: [beside],
  parameters: {
    docs: {
      description: { component: 'Steps of users who read, watch and download.' },
    },
    ...tracking({ plan, plugins: [journey()] }),
  },
})

function Article() {
  const ref = useScrollDepth({ name: 'article', marks: [70, 90] })
  return (
    <section
      ref={ref}
      aria-label="Article"
      style={{ height: 120, overflow: 'auto' }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards scroll what has the focus
      tabIndex={0}
    >
      <p style={{ height: 1_200 }}>A long read.</p>
    </section>
  )
}

/** Reports 70% and 90%, also if a jump passes both, and whether the user read or skimmed. */
export const ScrollDepth = meta.story({
  render: () => <Article />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const article = canvas.getByLabelText('Article')
    await userEvent.click(article)
    article.scrollTop = 1_200
    await waitFor(async () =>
      expect((await arrived(canvasElement)).map(({ properties }) => properties['percent_scrolled'])).toEqual([
        70, 90,
      ]),
    )
  },
})

function Read() {
  useAttention({ name: 'article', marks: ['2s'] })
  return (
    <p>
      Here it would be <code>'2min'</code>. <button type="button">Read on</button>
    </p>
  )
}

/** Reports reading time: the page is visible and has the focus, and the user was active in the last 30 s. */
export const ReadTime = meta.story({
  render: () => <Read />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'))
    await waitFor(async () => expect(await arrivedNames(canvasElement)).toEqual(['attention_reached']))
  },
})

/** Reports marks by what was really played. A longer video could have `marks={['30s', 50, 75, 90]}`. */
export const Video = meta.story({
  render: () => <VideoProgress name="tour" marks={['1s', 50, 75, 90]} src={teaser} muted autoPlay />,
  play: async ({ canvasElement }) => {
    await waitFor(
      async () =>
        expect((await arrived(canvasElement)).map(({ properties }) => properties['video_mark'])).toEqual([
          'start',
          '1s',
          '50%',
          '75%',
          '90%',
          'complete',
        ]),
      { timeout: 30_000 },
    )
  },
})

/** Reports GA4's `file_download`, once per file in a session. */
export const GuideDownload = meta.story({
  render: () => <TrackedLink href="/guides/swaps.pdf">Guide to swaps</TrackedLink>,
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.click(canvas.getByRole('link'))
    await userEvent.click(canvas.getByRole('link'))
    await expect(
      (await arrived(canvasElement)).map(({ name, properties }) => [name, properties['file_name']]),
    ).toEqual([['file_download', 'swaps.pdf']])
  },
})

/** Stands for `fetch('/api/newsletter', …)`. */
const pretendJoin = () =>
  new Promise<Response>((resolve) => setTimeout(() => resolve(new Response(null, { status: 201 })), 50))

/** Reports a newsletter sign-up when the server has confirmed it. The same code serves a webinar. */
export const NewsletterSignUp = meta.story({
  render: () => (
    <TrackedForm
      name="newsletter"
      events={{ success: 'newsletter_joined' }}
      onSubmit={async (submit) => {
        submit.preventDefault()
        const response = await pretendJoin()
        if (!response.ok) throw new Error('The server has refused')
      }}
    >
      <label>
        Mail <input name="mail" type="email" required />
      </label>
      <button type="submit">Join</button>
    </TrackedForm>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Mail'), 'a@example.com')
    await userEvent.click(canvas.getByRole('button'))
    await waitFor(async () => expect(await arrivedNames(canvasElement)).toEqual(['newsletter_joined']))
    await expect(JSON.stringify(await arrived(canvasElement))).not.toContain('a@example')
  },
})

function Magazine() {
  const [path, setPath] = useState('/')
  usePage({ pathname: path })
  const slug = /^\/articles\/(.+)/.exec(path)?.[1]
  return (
    <>
      {['/', '/articles/swaps', '/pricing', '/articles/rotas'].map((to) => (
        <button key={to} type="button" onClick={() => setPath(to)}>
          {to}
        </button>
      ))}
      {slug && (
        <Impression key={slug} name={slug} events={{ impression: 'article_viewed' }}>
          <article style={{ height: 60 }}>{slug}</article>
        </Impression>
      )}
    </>
  )
}

/**
 * Reports that the user has read a second article. Each article counts once per session, after a second in view. The home
 * page, pricing and the first article again do not count.
 */
export const SecondArticle = meta.story({
  render: () => <Magazine />,
  play: async ({ canvas, canvasElement, userEvent }) => {
    const open = (path: string) => userEvent.click(canvas.getByRole('button', { name: path }))
    const names = async () => (await arrivedNames(canvasElement)).filter((name) => name !== 'page_view')
    const attempts = () => decisionsIn(canvasElement).filter(({ event }) => event === 'article_viewed').length
    await open('/articles/swaps')
    await waitFor(async () => expect(await names()).toEqual(['article_viewed']), { timeout: 30_000 })
    await open('/pricing')
    await open('/articles/swaps')
    await waitFor(() => expect(attempts()).toBe(2), { timeout: 30_000 })
    await expect(await names()).toEqual(['article_viewed'])
    await open('/articles/rotas')
    await waitFor(
      async () => expect(await names()).toEqual(['article_viewed', 'article_viewed', 'second_article_read']),
      { timeout: 30_000 },
    )
  },
})

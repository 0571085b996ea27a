import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { run } from '../../../src/cli/run.ts'
import { plusDays } from '../../../src/report/tables/days.ts'
import { type Change, writeSite } from '../../support/health-site.ts'
import { temporaryFolder } from '../../support/start-collector-process.ts'

const now = Date.now()
const lastDay = plusDays(new Date(now).toISOString().slice(0, 10), -1)
const broken: Change = (rows, ago) => (ago <= 0 ? rows.filter(({ name }) => name !== 'demo_booked') : rows)

async function health(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(['health', ...args], {
    cwd: temporaryFolder(),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  })
  return { code, out: out.join(''), err: err.join('') }
}

/** A chat that takes messages, until the test ends. */
async function chat(status: number) {
  const posts: { text: string; alarms: readonly object[] }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    posts.push(JSON.parse(Buffer.concat(chunks).toString()))
    response.writeHead(status).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { posts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

describe('microconversions health', () => {
  const fine = () => writeSite({ lastDay, now })
  const bad = () => writeSite({ lastDay, now, change: broken })

  test('exits with 0 if all is well, and tells how long outages would go unnoticed', async () => {
    const { url, posts } = await chat(200)
    const { code, out } = await health(fine(), '--webhook', url)
    expect({ code, out }).toEqual({
      code: 0,
      out: [
        `acme on ${lastDay}: no alarm`,
        '',
        'An outage would be noticed',
        '  after a day: demo_booked, page_seen, quiz_started, plan_compared',
        '',
      ].join('\n'),
    })
    expect(posts).toEqual([])
  })

  test('exits with 1 on an alarm, as JSON if asked, and posts what is new', async () => {
    const { url, posts } = await chat(200)
    const { code, out } = await health(bad(), '--format', 'json', '--webhook', url)
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      schema: 'react-microconversions/health/1',
      alarms: [{ kind: 'missing', event: 'demo_booked', owner: 'growth', isNew: true }],
    })
    expect(posts).toMatchObject([{ alarms: [{ event: 'demo_booked' }] }])
    expect(posts[0]?.text).toMatch(
      /^acme: 1 new\nnew missing: "demo_booked" did not happen .*owner: growth\)$/,
    )
  })

  test('exits with 2 if it could not check, or could not tell', async () => {
    const empty = await health(temporaryFolder())
    expect(empty.code).toBe(2)
    expect(empty.err).toContain('has no event files')
    const { url } = await chat(500)
    const untold = await health(bad(), '--webhook', url)
    expect(untold.code).toBe(2)
    expect(untold.err).toContain('answered 500')
    expect((await health(fine(), '--webhook', 'chat')).err).toContain('is no address')
  })
})

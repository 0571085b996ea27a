import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BATCH_SCHEMA as sentSchema } from '../../../../src/destinations/http/encode.ts'
import { reportOf } from '../../../../src/devtools/session/report.ts'
import { BATCH_SCHEMA, curlOf, harOf } from '../../../../src/devtools/session/requests.ts'
import type { Session } from '../../../../src/devtools/session/session-file.ts'
import { csvOf, ticketOf } from '../../../../src/devtools/session/tables.ts'
import { recordedSession, recordedVisit, secrets, sessionPlan } from '../../../support/recorded-session.ts'
import { wireSchema } from '../../../support/wire-schema.ts'

/** RFC 4180, as a spreadsheet reads it. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  const rows: string[][] = [[]]
  let end = 0
  for (const [whole, quoted, plain = '', separator] of text.matchAll(cell)) {
    end += whole.length
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (separator !== ',') rows.push([])
  }
  expect(end).toBe(text.length)
  return rows.slice(0, -1)
}

const withEvent = (session: Session, event: string): Session => ({
  ...session,
  decisions: session.decisions.slice(1, 2).map((decision) => ({ ...decision, event })),
})

describe('CSV', () => {
  test('has a line for each attempt', async () => {
    const session = await recordedSession(['tier'])
    const [head, ...rows] = parseCsv(csvOf(session))
    expect(head).toContain('properties')
    expect(rows).toHaveLength(session.decisions.length)
    const [number, time, event, outcome, reason, component, , page, properties] = rows[1] ?? []
    expect([number, event, outcome, reason, component, page]).toEqual([
      '2',
      'pricing_clicked',
      'fired',
      'admitted',
      'track',
      '/pricing',
    ])
    expect(time).toBe('2026-01-01T00:00:00.000Z')
    expect(JSON.parse(properties ?? '')).toMatchObject({ tier: secrets.tier })
  })

  test('survives any text, and none of it is a formula', async () => {
    const session = await recordedSession()
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@\t\r\n",;＝]+.{0,5}$/))
    fc.assert(
      fc.property(text, (event) => {
        const [, row] = parseCsv(csvOf(withEvent(session, event)))
        const cell = row?.[2] ?? ''
        expect(cell.replaceAll("'", '')).toBe(event.replaceAll("'", ''))
        expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
      }),
    )
  })

  test('nor where a semicolon, a tab or a line separates cells, however they are quoted there', async () => {
    const session = await recordedSession()
    const sign = fc.constantFrom(
      ';',
      '\t',
      '\n',
      '\r',
      '|',
      '"',
      "'",
      ' ',
      ',',
      '=1',
      '+1',
      '-1',
      '@a',
      '＝1',
      'a',
    )
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 8 }), (signs) => {
        const csv = csvOf(withEvent(session, signs.join('')))
        for (const separator of [';', '\t', '|', ',']) {
          const cells = csv.split(new RegExp(`[${separator === ',' ? '' : separator}\\r\\n]`))
          for (const cell of cells) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/)
        }
      }),
    )
  })

  test('every cell is quoted', async () => {
    const [head, row] = csvOf(await recordedSession()).split('\r\n')
    expect(head).toMatch(/^attempt,time,/)
    expect(row).toMatch(/^"1","2026-01-01T00:00:00.000Z","/)
  })
})

describe('the ticket', () => {
  test('says what became of the chosen attempt, and under what', async () => {
    const session = await recordedSession()
    const lines = ticketOf(session, sessionPlan, 3).split('\n')
    expect(lines[0]).toContain('**pricing\\_clicked**, attempt 3: Not counted again: once per session.')
    expect(lines.filter((line) => /^\| \d/.test(line))).toHaveLength(session.decisions.length)
    expect(lines.at(-3)).toBe('- Plan acme 3, react-microconversions 0.2.0')
  })

  test('no text ends a cell, or becomes markup or a mention', async () => {
    const session = withEvent(await recordedSession(), 'a|b\n# <b>`c` @ada [x](y)')
    const row = ticketOf(session, sessionPlan)
      .split('\n')
      .find((line) => line.startsWith('| 2 |'))
    expect(row).toContain('| a\\|b \\# \\<b\\>\\`c\\` @\u200bada \\[x\\](y) |')
  })
})

describe('HAR', () => {
  test('has the requests of http(), and says what is not known', async () => {
    const session = await recordedSession()
    const { log } = JSON.parse(harOf(session))
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'react-microconversions' } })
    expect(log.entries).toHaveLength(1)
    const [entry] = log.entries
    expect(new Date(entry.startedDateTime).toISOString()).toBe(entry.startedDateTime)
    expect(entry).toMatchObject({
      time: expect.any(Number),
      request: {
        method: 'POST',
        url: expect.stringMatching(/^https?:\/\/[^?#]+\/collect$/),
        cookies: [],
        headers: [],
        queryString: [],
        headersSize: -1,
        comment: expect.stringContaining('does not know the headers'),
      },
      response: { status: 503, cookies: [], headers: [], content: { size: 0 }, redirectURL: '' },
      cache: {},
      timings: { send: 0, wait: entry.time, receive: 0 },
    })
    const { text } = entry.request.postData
    expect(entry.request.bodySize).toBe(Buffer.byteLength(text))
    const sent = session.decisions.filter(({ deliveries }) => deliveries['http']?.attempts)
    expect(sent.length).toBeGreaterThan(3)
    const { schema, events } = JSON.parse(text) as { schema: string; events: { name: string }[] }
    expect(schema).toBe(sentSchema)
    expect(events.map(({ name }) => name).sort()).toEqual(sent.map(({ event }) => event).sort())
  })

  test('names the format of a batch as http() does', () => {
    expect(BATCH_SCHEMA).toBe(sentSchema)
  })
})

describe('cURL', () => {
  /** What the shell hands to `curl`: one list of arguments for each command. */
  function run(script: string): readonly (readonly string[])[] {
    const curl = `curl() { printf '%s\\0' "$#" "$@"; }\n`
    const output = execFileSync('/bin/sh', ['-c', curl + script], {
      env: { COLLECTOR_URL: 'http://127.0.0.1/collect' },
      encoding: 'utf8',
    })
    const words = output.split('\0').slice(0, -1)
    const commands: string[][] = []
    while (words.length) commands.push(words.splice(0, Number(words.shift())))
    return commands
  }

  test('posts a batch that the published schema takes, where its values are allowed', async () => {
    const { tracker, bodies } = await recordedVisit()
    const { decisions } = tracker.record.get()
    const raw = { ...(await recordedSession()), decisions }
    const [args = []] = run(curlOf(raw))
    expect(args.slice(0, -1)).toEqual([
      '--request',
      'POST',
      'http://127.0.0.1/collect',
      '--header',
      'content-type: application/json',
      '--data-raw',
    ])
    const body = JSON.parse(args.at(-1) ?? '')
    expect(wireSchema()(body)).toEqual([])
    expect(bodies.map((sent) => JSON.parse(sent).events)).toContainEqual(body.events)
  })

  test('a shell changes nothing of any text, and runs none of it', async () => {
    const session = await recordedSession()
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(`'; exit 9; '`, '$(exit 9)', '`exit 9`', '\\', `'\\''`, '\n# x\nexit 9', '"$HOME"'),
    )
    fc.assert(
      fc.property(nasty, nasty, (event, payload) => {
        const { decisions } = withEvent(session, event)
        const [decision] = decisions
        const changed = {
          ...session,
          decisions: decisions.map((each) => ({
            ...each,
            deliveries: {
              http: { ...decision?.deliveries['http'], state: 'sent' as const, attempts: 1, payload },
            },
          })),
        }
        expect(run(curlOf(changed)).map((args) => args.at(-1))).toEqual([payload])
      }),
      { numRuns: 40 },
    )
  })
})

describe('the report', () => {
  test('has no script, and holds each attempt with its sentence', async () => {
    const session = await recordedSession()
    const text = reportOf(session, sessionPlan)
    expect(text).not.toMatch(/<script|javascript:|\son\w+=/i)
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(text.match(/<tr><td>\d+<\/td><td>2026/g)).toHaveLength(session.decisions.length)
    expect(text).toContain('Not counted again: once per session.')
    expect(text).toContain('<li>chat_opened</li>')
  })

  test('text stays text', async () => {
    const session = withEvent(await recordedSession(), `<img src=x onerror="alert(1)">&'`)
    expect(reportOf(session, sessionPlan)).toContain(
      '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;',
    )
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { env } from 'node:process'
import { onTestFinished } from 'vitest'

interface Session {
  query(sql: string, format: string): string
  close(): void
}

/** The engine of ClickHouse in this process, which `npm install --no-save chdb` installs: 546 MB, Linux and macOS. */
async function loadChdb(): Promise<{ Session: new () => Session } | undefined> {
  const name = 'chdb'
  return import(/* @vite-ignore */ name).catch((error) => {
    // A job that has installed it must not pass by leaving the tests out.
    if (env['RMC_CHDB'] === 'required') throw error
    return undefined
  })
}

export const chdb = await loadChdb()

/** Answers as ClickHouse's HTTP interface does, with the settings of the address. Returns its address. */
export async function clickhouseServer(): Promise<string> {
  if (!chdb) throw new Error('chdb is not installed.')
  const session = new chdb.Session()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const query = `${searchParams.get('query') ?? ''}\n${Buffer.concat(chunks).toString()}`.trim()
    try {
      for (const [name, value] of searchParams)
        if (
          !['query', 'session_id', 'session_timeout', 'default_format'].includes(name) &&
          !/async_insert/.test(name)
        )
          session.query(`set ${name} = ${value}`, 'CSV')
      response.end(session.query(query, searchParams.get('default_format') ?? 'JSON'))
    } catch (error) {
      response.writeHead(400)
      response.end(String(error))
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
    session.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

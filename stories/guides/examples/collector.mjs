import { createServer } from 'node:http'

const seen = new Set() // keep names and ids for 7 days: in a database with a unique key, not in memory

createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const { sentAt, events } = JSON.parse(Buffer.concat(chunks).toString())
  const skewMs = Date.now() - sentAt // of the visitor's clock
  for (const event of events) {
    const key = `${event.name} ${event.id}`
    if (seen.has(key)) continue
    seen.add(key)
    console.log(new Date(event.time + skewMs).toISOString(), event.name, event.properties)
  }
  response.writeHead(204).end() // only when they are stored: the page forgets them now
}).listen(8080, '127.0.0.1')

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { argv, stdout } from 'node:process'
import { createCollector } from 'react-microconversions/collector'
import { ndjson, toNode } from 'react-microconversions/collector/node'

// A process of its own, so that it can be killed: `node collector-program.mjs <dir>` prints its address.
const server = createServer(toNode(createCollector({ sink: ndjson({ dir: argv[2] ?? '' }) })))
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  stdout.write(`http://127.0.0.1:${port}/\n`)
})

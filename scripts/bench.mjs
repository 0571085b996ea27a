// What this project costs: beside its peers on the same page, by kind of call, and with the overlay. Ratios within one run.
//   npm run bench -- --only floor,this --rows start,track --rounds 1
//   npm run bench -- --write     puts the table of peers into docs/performance.md
import { argv, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { tableOfCalls } from './bench/calls.mjs'
import { tableOfElements } from './bench/elements.mjs'
import { openBench } from './bench/open-bench.mjs'
import { tableOfOverlays } from './bench/overlay.mjs'
import { writePage } from './peers/performance-page.mjs'
import { groups } from './peers/rows.mjs'
import { measurePeers } from './peers/run.mjs'

const own = { calls: tableOfCalls, elements: tableOfElements, overlay: tableOfOverlays }
const known = [...Object.keys(groups), ...Object.keys(own)]

const { values: given } = parseArgs({
  args: argv.slice(2),
  options: {
    only: { type: 'string' },
    rows: { type: 'string' },
    rounds: { type: 'string' },
    write: { type: 'boolean' },
  },
})
const wanted = given.rows?.split(',') ?? known
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length) throw new Error(`--rows: ${unknown} is none of ${known.join(', ')}.`)

const peers = wanted.filter((name) => name in groups)
if (peers.length) {
  const rounds = given.rounds ? Number(given.rounds) : undefined
  const measured = await measurePeers({ only: given.only?.split(','), rows: peers, rounds })
  stdout.write(measured.table)
  if (given.write) writePage(measured)
}

const mine = Object.entries(own).filter(([name]) => wanted.includes(name))
if (mine.length) {
  const bench = await openBench()
  try {
    for (const [, tableOf] of mine) stdout.write(`\n${await tableOf(bench)}`)
  } finally {
    await bench.close()
  }
}

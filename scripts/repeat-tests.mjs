// Runs test files again and again, each time with other generated cases: `npm run test:repeat -- 10 test/e2e/tabs.test.ts`.
import { spawnSync } from 'node:child_process'
import { argv, env, exit, stdout } from 'node:process'

const MOST = 50
const [count = '', ...files] = argv.slice(2)
const times = Number(count)
if (!(Number.isInteger(times) && times > 0 && times <= MOST) || files.length === 0) {
  stdout.write(`Usage: npm run test:repeat -- <1-${MOST}> <what vitest run takes>\n`)
  exit(2)
}

let failed = 0
for (let round = 1; round <= times; round++) {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const { status } = spawnSync('npx', ['vitest', 'run', ...files], {
    stdio: 'inherit',
    env: { ...env, RMC_SEED: String(seed) },
  })
  if (status !== 0) failed++
  stdout.write(`Round ${round} of ${times}, RMC_SEED=${seed}: ${status === 0 ? 'passed' : 'failed'}\n`)
}
stdout.write(`${times - failed} of ${times} rounds passed\n`)
exit(failed ? 1 : 0)

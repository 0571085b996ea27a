import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The value of an expression in a bare node that runs in `cwd`. */
export async function runNode(cwd: string, expression: string, flags: string[] = []) {
  const script = `process.stdout.write(JSON.stringify(await (${expression})))`
  const { stdout } = await run(process.execPath, [...flags, '--input-type=module', '--eval', script], { cwd })
  return JSON.parse(stdout)
}

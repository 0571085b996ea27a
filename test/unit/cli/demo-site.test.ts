import { expect, test } from 'vitest'
import { run } from '../../../src/cli/run.ts'

/** At the root of the project. */
async function runHere(...args: readonly string[]) {
  let said = ''
  const say = (text: string) => {
    said += text
  }
  const code = await run([...args, '--plan', 'stories/demo-site/plan.ts'], { cwd: '.', out: say, err: say })
  return { code, said }
}

test('the plan of the demo site passes, warnings included', async () => {
  const { code, said } = await runHere('check', '--strict', '--src', 'stories/demo-site')
  expect(said).toContain('18 events, 1 macro conversion\n')
  expect(said).toContain('\n0 errors, 0 warnings')
  expect(code).toBe(0)
})

test('its page in Storybook says what the plan says', async () => {
  const page = ['-o', 'stories/demo-site/plan.mdx', '--title', 'Plan of the demo site']
  expect(await runHere('docs', ...page, '--check')).toEqual({ code: 0, said: '' })
})

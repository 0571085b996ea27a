import { beforeEach } from 'vitest'
import { server } from 'vitest/browser'
import { inFirefox, inWebKit } from '../../engines/browser-tests.ts'

const { leftOut } = server.browser === 'firefox' ? inFirefox : inWebKit

beforeEach(({ task, skip }) => {
  const found = leftOut.find(
    ({ file, tests }) =>
      task.file.filepath.endsWith(file) && tests.some((start) => task.name.startsWith(start)),
  )
  skip(found !== undefined, found?.why)
})

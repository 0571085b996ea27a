#!/usr/bin/env node
import process from 'node:process'
import { run } from './run.ts'

// definePlan skips its checks in production, and CI servers often set NODE_ENV to production.
if (process.env.NODE_ENV === 'production') process.env['NODE_ENV'] = 'development'

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})

import type { Linter } from 'eslint'
import type { Linter as Linter9 } from 'eslint-9'
import microconversions, { type RuleName } from 'react-microconversions/eslint'

const { recommended } = microconversions.configs
export const config: Linter.Config[] = [recommended]
export const config9: Linter9.Config[] = [recommended]

export const name: RuleName = 'no-raw-tracking'
// @expect TS2820|TS2322 "no-raw-trackin"
export const misspelt: RuleName = 'no-raw-trackin'

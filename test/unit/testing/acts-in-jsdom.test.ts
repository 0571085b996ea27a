// @vitest-environment jsdom
import { describeUserActs } from '../../support/user-acts.tsx'

describeUserActs('jsdom')

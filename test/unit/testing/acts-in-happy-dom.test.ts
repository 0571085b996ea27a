// @vitest-environment happy-dom
import { describeUserActs } from '../../support/user-acts.tsx'

describeUserActs('happy-dom')

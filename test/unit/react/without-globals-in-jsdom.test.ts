// @vitest-environment jsdom
import { describeWithoutGlobals } from '../../support/without-globals.tsx'

describeWithoutGlobals('jsdom')

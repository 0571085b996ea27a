// @vitest-environment happy-dom
import { describeWithoutGlobals } from '../../support/without-globals.tsx'

describeWithoutGlobals('happy-dom', ['WeakRef', 'composedPath'])

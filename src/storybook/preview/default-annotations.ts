// The built file, too, imports the package by its name: Vite prebundles that entry together with the imports of the stories, so that
// stories and addon share one React context. It serves the files inside a package as they are.
// biome-ignore lint/style/noRestrictedImports: see above
import microconversions from 'react-microconversions/storybook'
import type { annotationsFor } from './annotations.tsx'

/** Annotations without a plan: each story or the preview names one in its parameters. */
const annotations = microconversions() as unknown as ReturnType<typeof annotationsFor>

/** Gives each story its tracker. */
export const decorators = annotations.decorators
/** Begins the log of a story. */
export const beforeEach = annotations.beforeEach
/** Judges the expectations of a story. */
export const afterEach = annotations.afterEach
/** The menus of the toolbar. */
export const globalTypes = annotations.globalTypes

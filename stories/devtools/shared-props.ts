import { themes } from '../../src/devtools/shell/looks.ts'
import { prop } from '../support/rows.ts'

/** Props of both the overlay and the panel. */
export const sharedProps = {
  because: prop('string', 'Only with `…/devtools/production`: text above the panel.'),
  theme: {
    ...prop("'system' | 'light' | 'dark'", "The user's saved setting takes precedence.", "'system'"),
    control: 'inline-radio',
    options: [...themes],
  },
  extensions: {
    ...prop(
      'DevtoolsExtensions',
      'Tabs, columns of the timeline and views of payloads of your own. Made once, outside of components.',
    ),
    control: false,
  },
  editorUrl: {
    ...prop(
      '(place: CodePlace) => string',
      'Opens a place of the code, in development. One of this origin is fetched on a click, any other is a link.',
      'of the development server of Vite, Next.js or webpack',
    ),
    control: false,
  },
  tracker: {
    ...prop('Tracker', 'Whose record is shown.', 'of the nearest MicroconversionProvider'),
    control: false,
  },
} as const

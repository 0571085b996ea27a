import addonA11y from '@storybook/addon-a11y'
import addonDocs from '@storybook/addon-docs'
import { definePreview } from '@storybook/react-vite'
import microconversions from 'react-microconversions/storybook'
import { configure } from 'storybook/test'
import { ComponentPage } from '../stories/support/component-page.tsx'
import { describedBy } from '../stories/support/documented.ts'
import { withReadableTypes } from '../stories/support/readable-types.ts'
import { shownCode } from '../stories/support/shown-code.ts'
import { storyPlan } from '../stories/support/story-plan.ts'

// A busy machine needs longer than the usual second until a video plays or the overlay is loaded.
configure({ asyncUtilTimeout: 60_000 })

const docs = {
  page: ComponentPage,
  extractComponentDescription: describedBy,
  // A story's JSX, also of one without args, whose code would be that of the story.
  source: { type: 'dynamic', transform: shownCode },
} as const

export default definePreview({
  addons: [addonDocs(), addonA11y(), microconversions({ plan: storyPlan })],
  tags: ['autodocs'],
  argTypesEnhancers: [withReadableTypes],
  parameters: {
    a11y: { test: 'error' },
    controls: { expanded: true },
    docs,
    options: {
      storySort: {
        order: [
          'Demo site',
          'Introduction',
          'Catalogue',
          ['On-site intent', 'E-commerce', 'Lead and form', 'Content', 'Product'],
          'Components',
          'Hooks',
          'Journey',
          'Embeds',
          'Devtools',
          'Guides',
          [
            'Getting started',
            'Concepts',
            'Plan',
            'Frequency',
            'Consent',
            'Pages and routers',
            'Links',
            'Forms',
            'Form libraries',
            'Embeds',
            'Experiments',
            'Video',
            'Visibility and reading',
            'Search, commerce, onboarding',
            'Journey',
            'Destinations',
            'Delivery',
            'Catalogue',
            'Components',
            'Testing',
            'Matchers',
            'Storybook',
            'Coverage',
            'Overlay',
            'CLI',
            'Linting',
            'Collecting',
            'Report',
            'Statistics',
            'Stored events',
            'Health',
            'Server events',
            'TypeScript',
            'Frameworks',
            'Jest and Vitest',
            'Hot reload',
            'Troubleshooting',
            'Migration',
            'Performance',
            'Browsers',
            'FAQ',
          ],
        ],
      },
    },
  },
})

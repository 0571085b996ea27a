import addonA11y from '@storybook/addon-a11y'
import addonDocs from '@storybook/addon-docs'
import { definePreview } from '@storybook/react-vite'
import { configure } from 'storybook/test'

// A busy machine needs longer than the usual second until a film plays or the overlay is loaded.
configure({ asyncUtilTimeout: 60_000 })

export default definePreview({
  addons: [addonDocs(), addonA11y()],
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    controls: { expanded: true },
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
          'Devtools',
          'Guides',
          [
            'Plan and types',
            'Frequency rules',
            'Consent',
            'Delivery',
            'Forms',
            'Form libraries',
            'Journey',
            'Testing a release',
            'Testing',
            'SSR and routers',
          ],
        ],
      },
    },
  },
})

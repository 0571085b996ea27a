import { addons } from 'storybook/manager-api'

addons.setConfig({
  layoutCustomisations: {
    // The demo site has a panel of its own at the bottom: the overlay.
    showPanel: ({ storyId }, shown) => (storyId === 'demo-site--landing-page' ? false : shown),
  },
})

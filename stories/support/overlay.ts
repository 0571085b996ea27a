import { waitFor, within } from 'storybook/test'

/**
 * Returns queries for the open overlay, which lives in a shadow root at the end of the body. It has come to rest: while it fades
 * in, its colours have too little contrast for the accessibility check that follows.
 */
export async function overlayPanel() {
  const section = await waitFor(() => {
    const found = document.querySelector('rmc-devtools')?.shadowRoot?.querySelector('section')
    if (!found) throw new Error('The overlay is not there yet.')
    return found
  })
  await Promise.allSettled(section.getAnimations().map(({ finished }) => finished))
  return within(section)
}

/** The rows of its timeline as text, newest first; the options of a `select` have the same role. */
export async function overlayRows(): Promise<readonly string[]> {
  const rows = (await overlayPanel())
    .queryAllByRole('option')
    .filter((option) => option.localName !== 'option')
  return rows.map((row) => row.textContent ?? '')
}

/** For the meta of stories with the overlay: each forgets the choices of the one before. */
export const withOverlay = {
  args: { defaultOpen: true, enabled: true, because: 'this is Storybook' },
  beforeEach: forgetChoices,
  afterEach: async () => {
    await overlayPanel()
    forgetChoices()
  },
} as const

function forgetChoices(): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith('rmc-devtools')) localStorage.removeItem(key)
}

import { beforeAll } from 'vitest'

// Not where Vitest's own page is shown (WebKit): it keeps the size of its panes in this storage.
// Files that run in the same page share its origin: a filter that one has left hides what the next one looks for.
beforeAll(() => {
  localStorage.clear()
  sessionStorage.clear()
})

/** Twelve seconds, and four. */
export const tour = new URL('../../test/fixtures/tour.webm', import.meta.url).href
export const teaser = new URL('../../test/fixtures/teaser.webm', import.meta.url).href
export const captions = new URL('./tour.vtt', import.meta.url).href

/** Twelve seconds, and four. */
export const tour = new URL('../../test/fixtures/tour.webm', import.meta.url).href
export const teaser = new URL('../../test/fixtures/teaser.webm', import.meta.url).href
export const captions = new URL('./tour.vtt', import.meta.url).href
/** Six seconds of sound. */
export const episode = new URL('../../test/fixtures/episode.ogg', import.meta.url).href
/** The tour as an HLS stream. */
export const stream = '/tour-hls/index.m3u8'

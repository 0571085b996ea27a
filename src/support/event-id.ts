/** Maximum length of a text in GA4 (https://support.google.com/analytics/answer/9267744). */
export const MAX_ID_LENGTH = 100

/** Returns true if servers, vendors and storage keys can carry the id. */
export const isEventId = (id: unknown): id is string =>
  typeof id === 'string' && id.length <= MAX_ID_LENGTH && /\S/.test(id) && !/[\p{Cc}\p{Cs}]/u.test(id)

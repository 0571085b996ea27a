/** Reason why neither success nor failure of a submitted form is counted. */
export type UnknownReason = 'unseen' | 'nothing' | 'plain' | 'at-once' | 'unsure' | 'unreadable'

export const unknownWords: Readonly<Record<UnknownReason, string>> = {
  unseen: 'no handler or action of it was called that the library could see',
  nothing: 'its handler returned undefined, and no promise',
  plain: 'its handler returned a plain value, and no promise',
  'at-once':
    'the promise of its handler was fulfilled at once, before it could wait for anything, with undefined, null or its previous state',
  unsure: 'the `outcome` of the form said neither "success" nor "failure"',
  unreadable: 'what its handler returned cannot be read',
}

/** Lists the three ways to report the outcome. */
export const outcomeAdvice =
  'Return a promise: that of the request, do not only start it. Or judge what comes back by `outcome`. Or call succeed() or fail(code) of useTrackedForm.'

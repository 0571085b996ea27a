/** Lifetime of ids and counts: the page (`memory`) or the browser's storage (`persistent`). */
export type StorageKind = 'memory' | 'persistent'

/** Key of the epoch, in the database and in its mirror. */
export const EPOCH = 'epoch'

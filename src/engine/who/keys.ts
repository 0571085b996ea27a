/** Keys of both rows and of their copies in local storage. The user's key has its name from version 0.2. */
export const USER = 'visitor'
export const SESSION = 'session'

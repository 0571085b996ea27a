/** Version of this package. A test compares it with package.json. */
export const libraryVersion = '0.2.0'

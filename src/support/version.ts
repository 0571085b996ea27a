/** Of this package; a test keeps it equal to package.json. */
export const libraryVersion = '0.2.0'

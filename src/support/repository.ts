/** Address of the repository. A test compares it with package.json. */
export const repository = 'https://github.com/react-microconversions/react-microconversions'

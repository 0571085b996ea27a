module.exports = {
  testEnvironment: 'jsdom',
  transformIgnorePatterns: ['/node_modules/(?!react-microconversions/)'],
  setupFilesAfterEnv: ['<rootDir>/src/jest.setup.ts'],
}

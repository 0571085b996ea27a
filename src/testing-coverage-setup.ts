export {} from './testing/coverage/setup.ts'

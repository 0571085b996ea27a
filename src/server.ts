export type { ServerEvent } from './plan/server-event.ts'
export type { ServerEventOptions } from './server/create-event.ts'
export { createEvent } from './server/create-event.ts'

export { sessionPlan as plan } from './recorded-session.ts'

export type { MicroconversionDevtoolsProps } from './devtools/create-devtools.tsx'
export { MicroconversionDevtools } from './devtools/in-production.ts'

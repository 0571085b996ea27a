// What a block imports from './tracker'.
export { tracker } from './plan.tsx'

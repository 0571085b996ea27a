export type { TanstackForm, TanstackFormProps } from './react/tanstack-form-props.ts'
export { tanstackFormProps } from './react/tanstack-form-props.ts'

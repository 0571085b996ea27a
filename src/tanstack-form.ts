export type { TanstackForm, TanstackFormProps } from './react/forms/tanstack-form-props.ts'
export { tanstackFormProps } from './react/forms/tanstack-form-props.ts'

export type { HookForm, HookFormProps } from './react/forms/hook-form-props.ts'
export { hookFormProps } from './react/forms/hook-form-props.ts'

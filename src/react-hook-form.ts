export type { HookForm, HookFormProps } from './react/hook-form-props.ts'
export { hookFormProps } from './react/hook-form-props.ts'

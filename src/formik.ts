export type { FormikForm, FormikFormProps, FormikSubmit } from './react/formik-props.ts'
export { formikProps, useFormikSubmit } from './react/formik-props.ts'

export type { FormikForm, FormikFormProps, FormikSubmit } from './react/forms/formik-props.ts'
export { formikProps, useFormikSubmit } from './react/forms/formik-props.ts'

/** Whether this browser sends Global Privacy Control. */
export const hasGpc = (): boolean =>
  (navigator as { readonly globalPrivacyControl?: boolean }).globalPrivacyControl === true

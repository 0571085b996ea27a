/**
 * `@intercom/messenger-js-sdk`, whose own types declare `window.attachEvent` unlike those of Snowplow's tracker: both
 * cannot be in one program. Bundles of tests replace the name by the package.
 */
declare module 'real-intercom' {
  export const Intercom: (settings: { readonly app_id: string }) => void
  export const onShow: (callback: () => void) => void
}

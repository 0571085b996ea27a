import { consentMode, consentModeDefault } from 'react-microconversions/consent'
import { tracker } from './delivery.ts'

/** In the document's head, before the first Google tag. */
export function Head({ nonce }: { readonly nonce: string }) {
  return (
    <head>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, which cannot end the element */}
      <script nonce={nonce} dangerouslySetInnerHTML={{ __html: consentModeDefault() }} />
    </head>
  )
}

/** In the application, where the tracker is made. */
export const disconnect = consentMode(tracker)

import type { ReactNode } from 'react'
import { Tracking } from './tracking'

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Tracking>{children}</Tracking>
      </body>
    </html>
  )
}

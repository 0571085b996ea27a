import Link from 'next/link'
import { TrackedLink } from 'react-microconversions'

export default function Home() {
  return (
    <main>
      <TrackedLink render={<Link href="/pricing" />} events={{ internal: 'link_followed' }}>
        Pricing
      </TrackedLink>
    </main>
  )
}

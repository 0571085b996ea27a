import Link from 'next/link'

export default function Pricing() {
  return <Link href="/blog/swaps">Blog</Link>
}

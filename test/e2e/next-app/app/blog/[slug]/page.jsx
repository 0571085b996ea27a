import Link from 'next/link'

export default function Article() {
  return (
    <>
      <Link href="/blog/second">Second</Link>
      <Link href="?sort=up#comments">Sorted</Link>
      <Link href="/old">Old</Link>
      <Link href="/guarded">Guarded</Link>
      <Link href="/pricing">Pricing</Link>
    </>
  )
}

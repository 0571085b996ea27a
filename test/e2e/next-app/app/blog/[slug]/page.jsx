import Link from 'next/link'

export default function Article() {
  return <Link href="/old">Old</Link>
}

import Link from 'next/link'

export default function Product() {
  return (
    <>
      <Link href="/shop/hat">Hat</Link>
      <Link href="/shop/hat?size=l#sizes">Large</Link>
    </>
  )
}

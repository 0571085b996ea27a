'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

export default function Left() {
  const { replace } = useRouter()
  useEffect(() => replace('/pricing'), [replace])
  return null
}

import { redirect } from 'next/navigation'

export default function Guarded() {
  redirect('/pricing')
}

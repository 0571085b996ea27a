'use client'

import { useTrack } from 'react-microconversions'

export function Booking() {
  const track = useTrack()
  return (
    <button type="button" onClick={() => track('demo_booked')}>
      Book by phone
    </button>
  )
}

import { type ReactNode, useState } from 'react'

/** What is inside leaves the page at a click. */
export function Closable({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const [open, setOpen] = useState(true)
  return (
    <>
      {open && children}
      <button type="button" onClick={() => setOpen(false)}>
        Close the {name}
      </button>
    </>
  )
}

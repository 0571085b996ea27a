import { type ReactNode, useState } from 'react'

/** Removes its children at a click. */
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

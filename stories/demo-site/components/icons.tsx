import type { ReactNode } from 'react'

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
      <rect className="plate" width="28" height="28" rx="8" />
      <rect className="early" x="6" y="7" width="10" height="3.6" rx="1.8" />
      <rect className="late" x="10" y="12.2" width="12" height="3.6" rx="1.8" />
      <rect className="night" x="6" y="17.4" width="7" height="3.6" rx="1.8" />
    </svg>
  )
}

export function Check() {
  return (
    <Icon>
      <path d="m5 12.5 4.5 4.5L19 7.5" />
    </Icon>
  )
}

export function Scales() {
  return (
    <Icon>
      <path d="M12 4v16M7 20h10M4 8h16M6.5 8 3.5 14h6L6.5 8ZM17.5 8l-3 6h6l-3-6Z" />
    </Icon>
  )
}

export function Swap() {
  return (
    <Icon>
      <path d="M4 9h14l-3.5-3.5M20 15H6l3.5 3.5" />
    </Icon>
  )
}

export function Coins() {
  return (
    <Icon>
      <ellipse cx="12" cy="6.5" rx="7" ry="2.8" />
      <path d="M5 6.5v5.2c0 1.5 3.1 2.8 7 2.8s7-1.3 7-2.8V6.5M5 11.7v5.2c0 1.5 3.1 2.8 7 2.8s7-1.3 7-2.8v-5.2" />
    </Icon>
  )
}

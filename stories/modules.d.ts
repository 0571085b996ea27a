declare module '*.css'

declare module '*?raw' {
  const text: string
  export default text
}

interface ImportMeta {
  readonly env: { readonly DEV: boolean }
}

// Without this TypeScript wants process.env['NODE_ENV'], which bundlers do not replace.
declare namespace NodeJS {
  interface ProcessEnv {
    NODE_ENV?: string
  }
}

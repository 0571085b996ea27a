import ts from 'typescript-5.4'

/** Returns a program of sources, for scripts that read types and docstrings. TypeScript 7 has no stable API. */
export const typeProgram = (/** @type {readonly string[]} */ sources) =>
  ts.createProgram(sources, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX,
    allowImportingTsExtensions: true,
    strict: true,
    types: [],
    noEmit: true,
  })

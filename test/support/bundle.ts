import { build } from 'esbuild'
import { publicEntries } from '../../scripts/entries.mjs'

/** One script from the file, in which the package's names are its sources, and `alias` gives other names. */
export async function bundle(
  entry: string,
  mode: 'development' | 'production',
  alias: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    write: false,
    alias: { ...Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])), ...alias },
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    minify: mode === 'production',
  })
  return outputFiles[0]?.text ?? ''
}

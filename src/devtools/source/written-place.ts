import type { CodePlace } from './place.ts'
import { type Frame, fileOf } from './read-stack.ts'

/**
 * Maps a frame to its location in the original file, with the source map of the served file. Resolves to undefined if
 * the file has another origin or no source map. Takes files from the browser's cache if possible.
 */
export async function writtenPlace({ url, line, column }: Frame): Promise<CodePlace | undefined> {
  if (!isOwn(url)) return undefined
  const code = await textOf(url)
  const reference = [...code.matchAll(/^\/\/[#@] sourceMappingURL=(\S+)/gm)].at(-1)?.[1]
  if (!reference) return undefined
  const [{ AnyMap, originalPositionFor }, json] = await Promise.all([
    import('@jridgewell/trace-mapping'),
    mapAt(reference, url),
  ])
  if (json === undefined) return undefined
  const place = originalPositionFor(AnyMap(json, url), { line, column: column - 1 })
  if (place.source === null) return undefined
  return { file: fileOf(place.source), line: place.line, column: place.column + 1 }
}

const isOwn = (url: string) => new URL(url, location.href).origin === location.origin

async function textOf(url: string): Promise<string> {
  return (await fetch(url, { cache: 'force-cache' })).text()
}

async function mapAt(reference: string, from: string): Promise<string | undefined> {
  // Decoded here, because a strict Content Security Policy blocks requests to `data:` URLs.
  const inline = /^data:application\/json;(?:charset=utf-8;)?base64,(.*)$/.exec(reference)?.[1]
  if (inline) return new TextDecoder().decode(Uint8Array.from(atob(inline), (char) => char.charCodeAt(0)))
  const url = new URL(reference, from).href
  return isOwn(url) ? textOf(url) : undefined
}

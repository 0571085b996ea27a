/**
 * Reads the body of a request as text. Returns `too-large` for a body of more than `maxBytes` bytes, and does not read the rest.
 * Returns `broken` if the connection ended before the body.
 */
export async function readBody(
  request: Request,
  maxBytes: number,
): Promise<{ readonly text: string } | 'too-large' | 'broken'> {
  if (Number(request.headers.get('content-length')) > maxBytes) return 'too-large'
  const reader = request.body?.getReader()
  if (!reader) return { text: '' }
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { text: text + decoder.decode() }
      bytes += value.byteLength
      if (bytes > maxBytes) {
        reader.cancel().catch(() => {})
        return 'too-large'
      }
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    return 'broken'
  }
}

import Hls, {
  type HlsConfig,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type LoaderContext,
} from 'hls.js'

const SEGMENTS = 4

/** A live playlist out of a finished one: a window of four segments of a second, which moves on as time passes. */
function liveWindow(playlist: string, passedS: number): string {
  const [head = '', ...segments] = playlist
    .replace('#EXT-X-ENDLIST', '')
    .trimEnd()
    .split(/(?=#EXTINF)/)
  const first = Math.max(0, Math.min(Math.floor(passedS), segments.length - SEGMENTS))
  const tags = head.replace('#EXT-X-PLAYLIST-TYPE:VOD\n', '').replace('SEQUENCE:0', `SEQUENCE:${first}`)
  return tags + segments.slice(first, first + SEGMENTS).join('')
}

/** For hls.js: a finished stream as if it had gone on the air when it was first asked for. It still loads every byte. */
export function onTheAir(): Partial<HlsConfig> {
  let sinceMs: number | undefined
  class LiveLoader extends Hls.DefaultConfig.loader {
    override load(
      context: LoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): void {
      sinceMs ??= performance.now()
      const passedS = (performance.now() - sinceMs) / 1000
      super.load(context, config, {
        ...callbacks,
        onSuccess: (response, ...more) => {
          if (typeof response.data === 'string') response.data = liveWindow(response.data, passedS)
          callbacks.onSuccess(response, ...more)
        },
      })
    }
  }
  return { pLoader: LiveLoader as unknown as NonNullable<HlsConfig['pLoader']> }
}

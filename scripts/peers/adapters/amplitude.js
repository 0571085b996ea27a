import { createInstance } from '@amplitude/analytics-browser'

export function create(url) {
  const amplitude = createInstance()
  const { promise } = amplitude.init('key', {
    serverUrl: url,
    autocapture: false,
    fetchRemoteConfig: false,
    remoteConfig: { fetchRemoteConfig: false },
    enableDiagnostics: false,
  })
  return {
    ready: promise,
    track: (name, properties) => void amplitude.track(name, properties),
    flush: () => amplitude.flush().promise,
  }
}

/**
 * Stand-ins for the parts of hosted players that no package contains. Each plays a real video, and speaks to the page as the
 * service documents it.
 */

const video = `const video = document.createElement('video')
  Object.assign(video, { src: '/teaser.webm', muted: true, preload: 'auto' })`

/** The frame of YouTube, with the messages that its API script exchanges with it. */
export const youtubeFrame = `<!doctype html><body><script>
  ${video}
  document.body.append(video)
  let state = -1
  const send = (event, info) => parent.postMessage(JSON.stringify({ event, info, channel: 'widget' }), '*')
  const told = () => ({ currentTime: video.currentTime, duration: video.duration, playerState: state,
    videoLoadedFraction: 1, playbackRate: 1, volume: 100, muted: true })
  const change = (next) => { state = next; send('infoDelivery', told()); send('onStateChange', next) }
  video.addEventListener('playing', () => change(1))
  video.addEventListener('pause', () => video.ended || change(2))
  video.addEventListener('ended', () => change(0))
  setInterval(() => send('infoDelivery', told()), 50)
  const commands = {
    playVideo: () => video.play(),
    pauseVideo: () => video.pause(),
    seekTo: (seconds) => { video.currentTime = seconds },
  }
  addEventListener('message', ({ data }) => {
    const { event, func, args = [] } = JSON.parse(data)
    if (event === 'command') commands[func]?.(...args)
    if (event === 'listening' && video.readyState > 1) { send('initialDelivery', told()); send('onReady', null) }
  })
</script>`

/** https://www.youtube.com/iframe_api as https://developers.google.com/youtube/iframe_api_reference describes it. */
export const youtubeApi = `{
  class Player {
    constructor(iframe, { events = {} }) {
      this.iframe = iframe
      this.info = {}
      this.listeners = Object.entries(events)
      const listening = setInterval(() => this.post({ event: 'listening' }), 50)
      addEventListener('message', ({ source, data }) => {
        if (source !== iframe.contentWindow) return
        const { event, info } = JSON.parse(data)
        if (event === 'infoDelivery' || event === 'initialDelivery') { Object.assign(this.info, info); this.fire('onVideoProgress', info.currentTime) }
        if (event === 'onReady' && !this.ready) { this.ready = true; clearInterval(listening); this.fire('onReady') }
        if (event === 'onStateChange') this.fire(event, info)
      })
    }
    post(message) { this.iframe.contentWindow?.postMessage(JSON.stringify(message), '*') }
    fire(name, data) { for (const [event, listener] of this.listeners) if (event === name) listener({ data, target: this }) }
    addEventListener(name, listener) { this.listeners.push([name, listener]) }
    playVideo() { this.post({ event: 'command', func: 'playVideo' }) }
    pauseVideo() { this.post({ event: 'command', func: 'pauseVideo' }) }
    seekTo(seconds) { this.post({ event: 'command', func: 'seekTo', args: [seconds, true] }) }
    getPlayerState() { return this.info.playerState ?? -1 }
    getCurrentTime() { return this.info.currentTime ?? 0 }
    getDuration() { return this.info.duration ?? 0 }
    getVideoLoadedFraction() { return this.info.videoLoadedFraction ?? 0 }
    getPlaybackRate() { return 1 }
    setPlaybackRate() {}
    getVolume() { return 100 }
    setVolume() {}
    isMuted() { return true }
    mute() {}
    unMute() {}
    getOption() { return [] }
    destroy() {}
  }
  window.YT = { Player, PlayerState: { UNSTARTED: -1, ENDED: 0, PLAYING: 1, PAUSED: 2, BUFFERING: 3, CUED: 5 } }
  window.onYouTubeIframeAPIReady?.()
}`

/**
 * The page in Vimeo's frame, with the messages of `@vimeo/player` 2.29: the page calls methods, whose answers have the method's name,
 * and subscribes to events. What `callMethod` sends is a list of arguments, what `set` sends is the value itself.
 */
export const vimeoFrame = `<!doctype html><body><script>
  ${video}
  document.body.append(video)
  const post = (message) => parent.postMessage(JSON.stringify(message), '*')
  const subscribed = new Set()
  const told = () => ({ seconds: video.currentTime, percent: video.currentTime / video.duration, duration: video.duration })
  const tell = (event, data) => { if (subscribed.has(event)) post({ event, data }) }
  for (const event of ['play', 'playing', 'pause', 'seeking', 'seeked', 'timeupdate', 'durationchange', 'ended'])
    video.addEventListener(event, () => tell(event, told()))
  const loaded = new Promise((done) => video.addEventListener('canplay', done, { once: true }))
  const methods = {
    addEventListener: ([event]) => { subscribed.add(event); if (event === 'loaded') loaded.then(() => tell(event, { id: 1 })) },
    removeEventListener: ([event]) => void subscribed.delete(event),
    play: () => video.play(),
    pause: () => video.pause(),
    setCurrentTime: (seconds) => (video.currentTime = seconds),
    getCurrentTime: () => video.currentTime,
    getDuration: () => video.duration,
    getMuted: () => video.muted,
    setMuted: (muted) => (video.muted = muted),
    getVolume: () => video.volume,
    getTextTracks: () => [],
  }
  addEventListener('message', async ({ data: { method, value } }) => post({ method, value: await methods[method]?.(value) }))
  post({ event: 'ready' })
</script>`

/** https://fast.wistia.com/assets/external/E-v1.js, as https://docs.wistia.com/docs/javascript-player-api describes it. */
export const wistiaScript = `{
  const open = ({ id, onReady }) => {
    ${video}
    video.src = 'https://fast.wistia.com/teaser.webm'
    document.getElementById(id)?.append(video)
    onReady({ elem: () => video, play: () => video.play(), pause: () => video.pause(), duration: () => video.duration,
      volume: () => 1, mute() {}, unmute() {}, remove() {}, bind() {}, unbind() {} })
  }
  const waiting = window._wq ?? []
  window.Wistia = {}
  window._wq = { push: open }
  for (const each of waiting) open(each)
}`

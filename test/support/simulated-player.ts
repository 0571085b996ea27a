import { vi } from 'vitest'
import type { MediaElement } from '../../src/triggers/look-at-media.ts'

const STEP_MS = 2
const TIMEUPDATE_MS = 250
const CELL_S = 0.001

class CountingTarget extends EventTarget {
  listeners = 0

  override addEventListener(...listening: Parameters<EventTarget['addEventListener']>): void {
    this.listeners++
    super.addEventListener(...listening)
  }

  override removeEventListener(...listening: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners--
    super.removeEventListener(...listening)
  }
}

class SimulatedPage extends CountingTarget {
  visibilityState: DocumentVisibilityState = 'visible'
  pictureInPictureElement: unknown = null
  /** Its window. */
  readonly defaultView = Object.assign(new CountingTarget(), {
    navigator: { userActivation: { isActive: true } },
  })
}

/**
 * A media element on a clock of its own, which knows what really played. Like a browser, it tells late: events are
 * queued for `latencyMs`, wait while the main thread is blocked, and find the position of their delivery, not of their cause.
 */
export class SimulatedPlayer extends CountingTarget {
  readonly ownerDocument = new SimulatedPage()
  nowMs = 1000
  latencyMs = 4
  /** Embedded players jump without saying so. */
  silentSeeks = false
  seekMs = 40

  currentSrc = 'https://example.test/video.mp4?token=1#t=0'
  duration: number
  paused = true
  seeking = false
  readyState = 4
  playbackRate = 1
  muted = false
  volume = 1
  loop = false
  autoplay = false

  /** Video seconds that went by while muted in a hidden tab. */
  trulyHiddenS = 0
  /** Video seconds that went by otherwise, repeats included. */
  trulyPlayedS = 0
  readonly #seen: Uint8Array
  readonly #ignored: Uint8Array
  #positionS = 0
  #queue: { dueMs: number; type: string }[] = []
  #blockedUntilMs = 0
  #seekEndsMs = 0
  #stallEndsMs = 0
  #toldAtMs = 0
  #toldPositionS = 0

  constructor(duration: number, lengthS = duration) {
    super()
    this.duration = duration
    this.#seen = new Uint8Array(Math.ceil(lengthS / CELL_S))
    this.#ignored = new Uint8Array(this.#seen.length)
    vi.spyOn(performance, 'now').mockImplementation(() => this.nowMs)
  }

  getAttribute(_name: string): string | null {
    return null
  }

  getRootNode(): unknown {
    return this.ownerDocument
  }

  contains(other: unknown): boolean {
    return other === this
  }

  /** What the trigger takes for an element. */
  get element(): MediaElement {
    return this as unknown as MediaElement
  }

  /** Of the stretches here nothing counts. */
  ignore(stretches: readonly (readonly [fromS: number, toS: number])[]): void {
    for (const [fromS, toS] of stretches)
      this.#ignored.fill(1, Math.round(fromS / CELL_S), Math.round(toS / CELL_S))
  }

  /** Without what is ignored. */
  trulyLastsS(): number {
    return this.#count(() => true)
  }

  /** Video seconds after `fromS` played at least once in a visible tab, in picture-in-picture or audibly. */
  trulyWatchedS(fromS = 0): number {
    return this.#count((cell, videoCell) => this.#seen[cell] === 1 && videoCell >= fromS / CELL_S)
  }

  /** Seconds of what is not ignored. */
  #count(counts: (cell: number, videoCell: number) => boolean): number {
    const cells = Math.min(Math.round(this.duration / CELL_S), this.#seen.length)
    let videoCell = 0
    let count = 0
    for (let cell = 0; cell < cells; cell++) {
      if (this.#ignored[cell]) continue
      if (counts(cell, videoCell)) count++
      videoCell++
    }
    return count * CELL_S
  }

  get currentTime(): number {
    return this.#positionS
  }

  set currentTime(positionS: number) {
    this.#positionS = Math.min(positionS, this.duration)
    if (this.silentSeeks) return
    this.seeking = true
    this.#seekEndsMs = this.nowMs + this.seekMs
    this.#post('seeking')
  }

  play(): void {
    if (!this.paused) return
    if (this.#positionS >= this.duration) this.currentTime = 0
    this.paused = false
    this.#post('play')
    if (this.readyState > 2) this.#post('playing')
  }

  pause(): void {
    if (this.paused) return
    this.paused = true
    this.#post('timeupdate', 'pause')
  }

  setRate(rate: number): void {
    this.playbackRate = rate
    this.#post('ratechange')
  }

  setMuted(muted: boolean): void {
    this.muted = muted
    this.#post('volumechange')
  }

  setHidden(hidden: boolean): void {
    this.ownerDocument.visibilityState = hidden ? 'hidden' : 'visible'
    this.ownerDocument.dispatchEvent(new Event('visibilitychange'))
  }

  /** Data runs out for a while. */
  stall(ms: number): void {
    this.readyState = 2
    this.#stallEndsMs = this.nowMs + ms
    this.#post('waiting')
  }

  /** The page is busy: video and clock go on, events wait. */
  block(ms: number): void {
    this.#blockedUntilMs = this.nowMs + ms
    this.run(ms)
  }

  /** Another source, or the same again. What was watched of another video is forgotten. */
  load(source: string, duration = this.duration): void {
    if (source !== this.currentSrc && !source.startsWith('blob:')) {
      this.#seen.fill(0)
      this.trulyHiddenS = 0
      this.trulyPlayedS = 0
    }
    this.currentSrc = source
    this.duration = duration
    this.#positionS = 0
    this.#post('emptied', 'loadedmetadata')
    if (!this.paused) this.#post('playing')
  }

  run(ms: number): void {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; ) this.#step()
  }

  #step(): void {
    this.nowMs += STEP_MS
    if (this.seeking && this.nowMs >= this.#seekEndsMs) {
      this.seeking = false
      this.#post('timeupdate', 'seeked')
    }
    if (this.readyState === 2 && this.nowMs >= this.#stallEndsMs) {
      this.readyState = 4
      if (!this.paused) this.#post('playing')
    }
    if (!this.paused && !this.seeking && this.readyState > 2) this.#advance()
    const moved = this.#positionS !== this.#toldPositionS
    if (moved && this.nowMs - this.#toldAtMs >= TIMEUPDATE_MS && !this.paused) {
      this.#toldAtMs = this.nowMs
      this.#toldPositionS = this.#positionS
      this.#post('timeupdate')
    }
    if (this.#queue.length === 0 || this.nowMs < this.#blockedUntilMs) return
    const due = this.#queue.filter(({ dueMs }) => dueMs <= this.nowMs)
    this.#queue = this.#queue.slice(due.length)
    for (const { type } of due) this.dispatchEvent(new Event(type))
  }

  #advance(): void {
    const fromS = this.#positionS
    this.#positionS = Math.min(fromS + (this.playbackRate * STEP_MS) / 1000, this.duration)
    const page = this.ownerDocument
    const attended =
      page.visibilityState === 'visible' ||
      page.pictureInPictureElement === this ||
      !(this.muted || this.volume === 0)
    const playedS = this.#ignored[Math.round(fromS / CELL_S)] ? 0 : this.#positionS - fromS
    if (attended) {
      this.#seen.fill(1, Math.round(fromS / CELL_S), Math.round(this.#positionS / CELL_S))
      this.trulyPlayedS += playedS
    } else this.trulyHiddenS += playedS
    if (this.#positionS < this.duration) return
    if (this.loop) this.currentTime = 0
    else {
      this.paused = true
      this.#post('timeupdate', 'pause', 'ended')
    }
  }

  #post(...types: string[]): void {
    for (const type of types) this.#queue.push({ dueMs: this.nowMs + this.latencyMs, type })
  }
}

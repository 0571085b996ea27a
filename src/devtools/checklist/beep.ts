const HERTZ = 880
const SECONDS = 0.15

let context: AudioContext | undefined

/** Plays a short tone. A browser may refuse until the tester has clicked on the page. */
export function beep(): void {
  try {
    context ??= new AudioContext()
    const { currentTime, destination } = context
    const volume = context.createGain()
    volume.gain.setValueAtTime(0.1, currentTime)
    volume.gain.exponentialRampToValueAtTime(0.001, currentTime + SECONDS)
    const tone = context.createOscillator()
    tone.frequency.value = HERTZ
    tone.connect(volume).connect(destination)
    tone.start(currentTime)
    tone.stop(currentTime + SECONDS)
    void context.resume().catch(() => {})
  } catch {} // no sound on this machine
}

/** Options that TypeScript does not know yet: https://w3c.github.io/mediacapture-screen-share-extensions/ */
interface TabOptions extends DisplayMediaStreamOptions {
  readonly preferCurrentTab: boolean
}

/** Returns whether the browser can record this tab. Phones and insecure origins cannot. */
export const canCapture = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function'

/** Takes a picture of this tab, after the browser has asked the tester; undefined if the tester refuses. */
export async function captureTab(): Promise<Blob | undefined> {
  try {
    const options: TabOptions = { video: true, audio: false, preferCurrentTab: true }
    const stream = await navigator.mediaDevices.getDisplayMedia(options)
    try {
      return await pictureOf(stream)
    } finally {
      for (const track of stream.getTracks()) track.stop()
    }
  } catch {
    return undefined
  }
}

async function pictureOf(stream: MediaStream): Promise<Blob | undefined> {
  const video = document.createElement('video')
  video.srcObject = stream
  video.muted = true
  await video.play()
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  video.srcObject = null
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'))
}

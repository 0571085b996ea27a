import { it, vi } from 'vitest'
const tour = new URL('../fixtures/tour.webm', import.meta.url).href
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 30_000, interval: 5 })
it('probe', async () => {
  const v = document.createElement('video')
  v.muted = true
  document.body.append(v)
  const out: string[] = []
  for (const e of ['timeupdate','play','playing','pause','waiting','seeking','seeked','ended','emptied','loadedmetadata'])
    v.addEventListener(e, () => out.push([performance.now().toFixed(0), e, v.currentTime.toFixed(3), v.paused, v.seeking, v.readyState].join(' ')))
  v.preload = 'none'
  v.src = tour
  v.currentTime = 6
  v.playbackRate = 2
  await v.play()
  await until(() => v.currentTime > 7)
  v.pause()
  await new Promise(r => setTimeout(r, 50))
  console.log(out.join('\n') + '\nplayed', JSON.stringify(Array.from({length: v.played.length}, (_, i) => [v.played.start(i), v.played.end(i)])))
  v.remove(); 
}, 60000)

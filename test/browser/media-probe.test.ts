import { it } from 'vitest'
const url = new URL('../fixtures/tour.webm', import.meta.url).href
it('probe', async () => {
  const v = document.createElement('video')
  document.body.append(v)
  const t0 = performance.now()
  for (const e of ['timeupdate','play','playing','pause','waiting','seeking','seeked','ended','emptied','loadstart','loadedmetadata','durationchange','canplay','stalled','ratechange','volumechange'])
    v.addEventListener(e, () => console.log((performance.now()-t0).toFixed(0), e, v.currentTime.toFixed(3), 'dur', v.duration, 'paused', v.paused, 'seeking', v.seeking, 'rs', v.readyState, v.currentSrc.slice(-12)))
  v.src = url
  try { await v.play(); console.log('played unmuted') } catch (e) { console.log('refused', String(e)); v.muted = true; await v.play() }
  const until = (n: () => boolean) => new Promise<void>((r) => { const h = setInterval(() => { if (n()) { clearInterval(h); r() } }, 10) })
  await until(() => v.currentTime > 1)
  v.playbackRate = 4
  await until(() => v.currentTime > 3)
  v.currentTime = 10; console.log('SEEK 10', v.currentTime, v.seeking)
  v.loop = true
  await until(() => v.currentTime < 5)
  await until(() => v.currentTime > 2)
  v.loop = false
  v.currentTime = 12.5
  await until(() => v.ended)
  console.log('played', JSON.stringify(Array.from({length: v.played.length}, (_, i) => [v.played.start(i), v.played.end(i)])))
  await v.play()
  await until(() => v.currentTime > 1)
  v.src = new URL('../fixtures/teaser.webm', import.meta.url).href; console.log('SWAP', v.currentTime, v.currentSrc, v.paused)
  await until(() => v.currentTime > 1 && v.currentSrc.includes('teaser'))
  v.src = new URL('../fixtures/tour.mp4', import.meta.url).href
  await v.play()
  await until(() => v.currentTime > 1 && v.currentSrc.includes('mp4'))
  v.muted = !v.muted; console.log('muted', v.muted, v.paused)
  await new Promise(r => setTimeout(r, 300)); console.log('after', v.muted, v.paused)
  v.remove(); 
}, 60000)

/**
 * Makes the videos in test/fixtures, which are committed: run it only to change them. Needs ffmpeg with libass, libvpx,
 * libx264 and libopus. tour.* is also the video of the demo: a user at work on the left, her events on the right.
 * tour-hls/ is the tour as a stream of one-second segments, episode.ogg six seconds of sound.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'

const fixtures = fileURLToPath(new URL('../test/fixtures/', import.meta.url))
const ink = '1e293b'
const grey = 'cbd5e1'
const blue = '4f46e5'

// The pictures are subtitles: Advanced SubStation Alpha draws, moves and fades shapes, and libass smooths their edges.

/** @typedef {{ from?: number, to?: number, colour?: string, alpha?: number, tags?: string }} Look seconds, RRGGBB, 0-1 */

const clock = (/** @type {number} */ seconds) => `0:00:${seconds.toFixed(2).padStart(5, '0')}`
const bgr = (/** @type {string} */ rgb) => `&H${rgb.slice(4)}${rgb.slice(2, 4)}${rgb.slice(0, 2)}&`
const transparency = (/** @type {number} */ alpha) =>
  `&H${Math.round(255 * (1 - alpha))
    .toString(16)
    .padStart(2, '0')}&`

function line(
  /** @type {string} */ body,
  /** @type {Look} */ { from = 0, to = 12, colour = 'ffffff', alpha = 1, tags = '' },
) {
  const style = `\\an7\\bord0\\shad0\\1c${bgr(colour)}\\1a${transparency(alpha)}${tags}`
  return `Dialogue: 0,${clock(from)},${clock(to)},Video,,0,0,0,,{${style}${body}`
}

/** A rectangle with round corners. */
function box(
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ width,
  /** @type {number} */ height,
  /** @type {number} */ radius,
  /** @type {Look} */ look = {},
) {
  const [r, w, h, k] = [radius, width, height, radius * 0.45]
  const path = [
    `m ${r} 0 l ${w - r} 0 b ${w - k} 0 ${w} ${k} ${w} ${r}`,
    `l ${w} ${h - r} b ${w} ${h - k} ${w - k} ${h} ${w - r} ${h}`,
    `l ${r} ${h} b ${k} ${h} 0 ${h - k} 0 ${h - r} l 0 ${r} b 0 ${k} ${k} 0 ${r} 0`,
  ]
  return line(`${look.tags?.includes('\\move') ? '' : `\\pos(${x},${y})`}\\p1}${path.join(' ')}`, look)
}

function text(
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ size,
  /** @type {string} */ words,
  /** @type {Look} */ look = {},
) {
  return line(`${look.tags?.includes('\\move') ? '' : `\\pos(${x},${y})`}\\fs${size}}${words}`, look)
}

const fade = '\\fad(300,0)'

/** One row of the list on the right, sliding in. */
function eventRow(
  /** @type {number} */ row,
  /** @type {number} */ from,
  /** @type {string} */ name,
  /** @type {string} */ fate,
  /** @type {string} */ colour,
) {
  const y = 106 + row * 46
  const slide = (/** @type {number} */ x, /** @type {number} */ top) =>
    `${fade}\\move(${x + 30},${top},${x},${top},0,350)`
  return [
    box(0, 0, 170, 38, 8, { from, colour: '334155', tags: slide(430, y) }),
    box(0, 0, 4, 38, 2, { from, colour, tags: slide(430, y) }),
    text(0, 0, 13, name, { from, tags: slide(444, y + 4) }),
    text(0, 0, 11, fate, { from, colour, tags: slide(444, y + 20) }),
  ]
}

/** A pointer that goes from place to place: [second of arrival, x, y]. It presses where it stays. */
function pointer(/** @type {number[][]} */ stops) {
  const arrow = '\\p1}m 0 0 l 0 17 l 4 13 l 7 20 l 10 18 l 7 12 l 12 12'
  return stops.flatMap(([at = 0, x = 0, y = 0], index) => {
    const [before = 0, fromX = x, fromY = y] = stops[index - 1] ?? []
    const [next = 12] = stops[index + 1] ?? []
    const leaves = index + 1 < stops.length ? next - 0.8 : 12
    const shadow = `\\bord1.2\\3c${bgr('ffffff')}`
    const travel =
      at > before
        ? [
            line(`${shadow}\\move(${fromX},${fromY},${x},${y})${arrow}`, {
              from: at - 0.8,
              to: at,
              colour: ink,
            }),
          ]
        : []
    const ring = `\\an5\\pos(${x},${y})\\fscx20\\fscy20\\t(0,450,\\fscx150\\fscy150\\1a&HFF&)\\p1}m 0 -14 b 8 -14 14 -8 14 0 b 14 8 8 14 0 14 b -8 14 -14 8 -14 0 b -14 -8 -8 -14 0 -14`
    const press = index > 0 ? [line(ring, { from: at + 0.1, to: at + 0.6, colour: blue, alpha: 0.5 })] : []
    return [
      ...press,
      ...travel,
      line(`${shadow}\\pos(${x},${y})${arrow}`, { from: at, to: leaves, colour: ink }),
    ]
  })
}

function tour() {
  const pricing = { to: 6.2, tags: '\\fad(0,250)' }
  const form = { from: 6.3, tags: fade }
  const plans = [0, 1, 2].flatMap((index) => {
    const [x, middle] = [52 + index * 116, index === 1]
    return [
      box(x, 148, 104, 124, 8, { ...pricing, colour: middle ? 'eef2ff' : 'f1f5f9' }),
      box(x + 14, 162, 44, 8, 4, { ...pricing, colour: middle ? blue : '94a3b8' }),
      box(x + 14, 180, 62, 14, 5, { ...pricing, colour: ink, alpha: 0.85 }),
      box(x + 14, 206, 76, 6, 3, { ...pricing, colour: grey }),
      box(x + 14, 218, 58, 6, 3, { ...pricing, colour: grey }),
      box(x + 14, 240, 76, 20, 6, { ...pricing, colour: middle ? blue : '94a3b8' }),
    ]
  })
  const fields = [0, 1, 2].flatMap((index) => {
    const y = 148 + index * 36
    const from = 7.3 + index * 0.7
    return [
      box(52, y, 336, 26, 6, { ...form, colour: 'f1f5f9' }),
      box(64, y + 9, [150, 210, 96][index] ?? 0, 8, 4, {
        from,
        colour: '64748b',
        tags: `\\clip(64,0,64,360)\\t(0,500,\\clip(64,0,300,360))`,
      }),
    ]
  })
  return [
    box(30, 44, 380, 262, 12, { colour: '0f172a', alpha: 0.35, tags: '\\blur9' }),
    box(30, 40, 380, 262, 12, { colour: 'ffffff' }),
    ...['f87171', 'fbbf24', '34d399'].map((colour, index) => box(46 + index * 15, 53, 8, 8, 4, { colour })),
    box(104, 51, 250, 12, 6, { colour: 'f1f5f9' }),
    text(52, 80, 22, 'Choose your plan', { ...pricing, colour: ink }),
    box(52, 114, 230, 8, 4, { ...pricing, colour: grey }),
    box(52, 128, 170, 8, 4, { ...pricing, colour: grey }),
    ...plans,
    text(52, 80, 22, 'Book a demo', { ...form, colour: ink }),
    box(52, 114, 200, 8, 4, { ...form, colour: grey }),
    ...fields,
    box(52, 262, 120, 26, 6, { ...form, colour: blue }),
    text(77, 268, 13, 'Book demo', form),
    box(420, 44, 190, 262, 12, { colour: '0f172a', alpha: 0.35, tags: '\\blur9' }),
    box(420, 40, 190, 262, 12, { colour: ink }),
    text(432, 52, 15, 'Microconversions'),
    text(432, 74, 11, 'what fired, what did not, and why', { colour: '94a3b8' }),
    ...eventRow(0, 2.6, 'pricing_clicked', 'fired', '34d399'),
    ...eventRow(1, 4.6, 'pricing_clicked', 'dropped: once per session', 'fbbf24'),
    ...eventRow(2, 7.5, 'demo_form_started', 'fired', '34d399'),
    ...eventRow(3, 10.6, 'demo_booked', 'fired', '34d399'),
    ...pointer([
      [0.01, 300, 320],
      [2.4, 224, 252],
      [4.4, 224, 252],
      [7.1, 150, 162],
      [10.3, 140, 276],
    ]),
    ...progress(12),
  ]
}

/** A bar along the bottom, and the seconds: a screenshot tells the position. */
function progress(/** @type {number} */ seconds) {
  const ticks = Array.from({ length: seconds }, (_, second) =>
    text(541, 318, 16, `0:${String(second).padStart(2, '0')} / 0:${String(seconds).padStart(2, '0')}`, {
      from: second,
      to: second + 1,
      alpha: 0.9,
    }),
  )
  const grow = `\\clip(0,0,0,360)\\t(0,${seconds * 1000},\\clip(0,0,640,360))`
  return [
    box(0, 352, 640, 8, 0, { to: seconds, alpha: 0.2 }),
    box(0, 352, 640, 8, 0, { to: seconds, colour: '5eead4', tags: grow }),
    ...ticks,
  ]
}

const teaser = () => [text(40, 140, 44, 'A second video', { to: 4, tags: '\\fad(400,0)' }), ...progress(4)]

const subtitles = (/** @type {string[]} */ lines) => `[Script Info]
PlayResX: 640
PlayResY: 360
[V4+ Styles]
Format: Name, Fontname, Fontsize, Bold
Style: Video,Liberation Sans,16,0
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${lines.join('\n')}
`

// A keyframe every two seconds, so that a seek is quick; sound, quietly, so that `muted` means something.
const encoders = {
  webm: '-c:v libvpx-vp9 -crf 44 -b:v 0 -cpu-used 2 -g 48 -c:a libopus -b:a 10k',
  mp4: '-c:v libx264 -preset veryslow -crf 35 -g 48 -pix_fmt yuv420p -movflags +faststart -c:a aac -b:a 16k',
}

const quiet = ['-hide_banner', '-loglevel', 'error', '-y']
const anonymous = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags', '+bitexact']
const chord = (/** @type {number} */ seconds) =>
  `aevalsrc=0.02*(sin(2*PI*220*t)+sin(2*PI*277*t)+sin(2*PI*330*t)):s=48000:d=${seconds}`

function encode(
  /** @type {string} */ name,
  /** @type {keyof typeof encoders} */ kind,
  /** @type {number} */ seconds,
  /** @type {string} */ colours,
  /** @type {string[]} */ lines,
) {
  const folder = mkdtempSync(join(tmpdir(), 'video-'))
  writeFileSync(join(folder, 'video.ass'), subtitles(lines))
  const picture = `gradients=s=640x360:r=24:d=${seconds}:n=3:${colours}:x0=0:y0=0:x1=640:y1=360:seed=1:speed=0.002,ass=video.ass`
  const sound = chord(seconds)
  const output = join(fixtures, `${name}.${kind}`)
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound, '-t', String(seconds)]
  execFileSync('ffmpeg', [...quiet, ...inputs, ...encoders[kind].split(' '), ...anonymous, output], {
    cwd: folder,
    stdio: 'inherit',
  })
  rmSync(folder, { recursive: true })
  stdout.write(`${output} ${statSync(output).size} bytes\n`)
}

/** Small, and a keyframe every second: each segment stands alone. */
function encodeStream() {
  const folder = join(fixtures, 'tour-hls')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const picture = '-vf scale=160:90 -r 10 -c:v libx264 -preset veryslow -crf 38 -pix_fmt yuv420p'
  const cuts = '-g 10 -keyint_min 10 -sc_threshold 0 -c:a aac -ac 1 -ar 22050 -b:a 8k'
  const stream =
    '-f hls -hls_time 1 -hls_playlist_type vod -hls_segment_type fmp4 -hls_segment_filename %02d.m4s'
  const encoding = `${picture} ${cuts}`.split(' ')
  const input = ['-i', join(fixtures, 'tour.mp4'), '-t', '12']
  execFileSync(
    'ffmpeg',
    [...quiet, ...input, ...encoding, ...anonymous, ...stream.split(' '), 'index.m3u8'],
    {
      cwd: folder,
      stdio: 'inherit',
    },
  )
}

function encodeSound() {
  const sound = ['-f', 'lavfi', '-i', chord(6), '-c:a', 'libopus', '-b:a', '8k']
  execFileSync('ffmpeg', [...quiet, ...sound, ...anonymous, join(fixtures, 'episode.ogg')], {
    stdio: 'inherit',
  })
}

if (import.meta.filename === argv[1]) {
  encode('tour', 'webm', 12, 'c0=0x1e1b4b:c1=0x3730a3:c2=0x0f766e', tour())
  encode('tour', 'mp4', 12, 'c0=0x1e1b4b:c1=0x3730a3:c2=0x0f766e', tour())
  encode('teaser', 'webm', 4, 'c0=0x7c2d12:c1=0xb45309:c2=0x831843', teaser())
  encodeStream()
  encodeSound()
}

/**
 * The least delivery: one buffer in memory, a request for each 50 events or after two seconds, a beacon at the end. For
 * libraries that bring no delivery of their own to a server of one's own.
 */
export function postBatches(url, head = '') {
  let buffer = []
  let bytes = 0
  let timer

  function send(last) {
    clearTimeout(timer)
    timer = undefined
    if (!buffer.length) return
    const body = `{${head}"events":[${buffer.join()}]}`
    buffer = []
    bytes = 0
    if (last) navigator.sendBeacon(url, body)
    else fetch(url, { method: 'POST', body }).catch(() => {})
  }
  addEventListener('pagehide', () => send(true))

  return {
    add(event) {
      const item = JSON.stringify(event)
      buffer.push(item)
      bytes += item.length
      if (buffer.length === 50 || bytes > 60_000) send(false)
      else timer ??= setTimeout(send, 2_000, false)
    },
    flush: () => send(false),
  }
}
